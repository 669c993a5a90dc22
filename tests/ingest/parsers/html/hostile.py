"""Pages made to break, hang or fill whatever reads them: what each begins with and repeats."""

SHAPES = {
    "elements in elements": ("<p>Text.", "<div>"),
    "paragraphs without end": ("", "<p>a"),
    "items without end": ("<ul>", "<li>a"),
    "lists in lists": ("", "<ul><li>a"),
    "tables in tables": ("", "<table><tr><td>a"),
    "captions in tables": ("", "<table><caption>Table 1. a<tr><td>b"),
    "comments without end": ("<p>a", "<!--x>"),
    "tags without end": ("<p>a", "<a b"),
    "attributes without end": ("<p>a", '<a b="'),
    "entities without number": ("<p>a", "&#;"),
    "declarations": ("<p>a", "<![x"),
    "end tags of nothing": ("<p>a", "</b>"),
    "overlapping emphasis": ("<p>a", "<b><p>x</b>"),
    "links without end": ("<p>a", "<a href=x>b"),
    "headings": ("<div></div>", "<div><h2>a</h2>"),
    "headings of references": ("", "<h2>References</h2><p>a 2019"),
    "formulas in formulas": ("<p>a", "<math><msup>"),
    "superscripts": ("<h2>References</h2><ol><li>a</ol>", "<p>x<sup><a href=#r>1</a></sup>"),
    "an attribute without end": ("<p>a<p title='", "b"),
    "attributes": ("<p ", "a=b "),
    "classes": ("<p class='", "nav-bar "),
    "one name": ("<p class='", "nav-"),
    "scripts without end": ("<p>a", "<script>"),
    "linked data": ("<p>a<script type='application/ld+json'>", "["),
    "metas": ("<p>a", "<meta name=citation_author content=x>"),
    "labels of figures": ("<p>a", "<p>Figure 1<figcaption>b</figcaption>"),
    "blanks": ("<p>a", "\u00a0"),
    "fonts of symbols": ("<p>a", "<font face=symbol>m"),
}


def page(name, size):
    """A page of about so many bytes."""
    before, again = SHAPES[name]
    return (before + again * (size // len(again)) + ">").encode()
