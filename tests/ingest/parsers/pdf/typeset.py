"""A document set by typst as a journal sets it: two columns, running heads, floats, footnotes."""

import json

import typst

HEAD = """
#set page(paper: "a4", columns: 2, margin: (x: 50pt, y: 70pt),
  header: context [#text(8pt)[Journal of Tests 2024, 12 (3) #h(1fr) Case report]],
  footer: context [#text(8pt)[https://journal.example #h(1fr) #counter(page).display()]])
#set text(size: 9.5pt, hyphenate: true, lang: "en")
#set par(justify: true, first-line-indent: 1.2em, leading: 0.55em, spacing: 0.55em)
#set columns(gutter: 18pt)
"""
HEADING_SIZES = {2: 12, 3: 10.5}


def typeset(blocks, footnote="Funded by nobody in particular."):
    """The PDF of a draft's blocks."""
    return typeset_source(blocks, HEAD, footnote)


def typeset_source(blocks, head, footnote="Funded by nobody in particular."):
    """The PDF of a draft's blocks, set as ``head`` says."""
    return typst.compile(_source(blocks, head, footnote).encode())


def _source(blocks, head, footnote):
    parts, entry, seen_text = [head], 0, False
    for block in blocks:
        text = json.dumps(block.text, ensure_ascii=False)
        if block.kind == "heading" and block.level == 1:
            parts.append(
                '#place(top, scope: "parent", float: true, clearance: 14pt)'
                f'[#set par(justify: false, first-line-indent: 0pt); #text(18pt, weight: "bold")[#{text}]]'
            )
        elif block.kind == "heading":
            size = HEADING_SIZES.get(block.level, 9.5)
            parts.append(
                f'#block(above: 12pt, below: 7pt, sticky: true)[#text({size}pt, weight: "bold", '
                f"hyphenate: false)[#{text}]]"
            )
        elif block.kind == "caption":
            parts.append(_figure(text))
        elif block.kind == "item":
            entry += 1
            parts.append(
                f'#par(first-line-indent: 0pt, hanging-indent: 1.4em)[#"{entry}. "#{text}]'
            )
        else:
            note = f"#footnote[{footnote}]" if len(text) > 200 and not seen_text else ""
            seen_text = seen_text or bool(note)
            parts.append(f"#par[#{text}{note}]")
    return "\n\n".join(parts)


def _figure(text):
    box = "#rect(width: 100%, height: 60pt, fill: luma(230))[#text(6pt)[A \\ axis label]]"
    return f"#place(top, float: true, clearance: 10pt)[{box} #par(first-line-indent: 0pt)[#text(8pt)[#{text}]]]"
