"""Web pages as sites set them, made from a draft's blocks: the text, and everything around it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from ingest.blocks import Block

AROUND = {
    "menu": "Clinics and wards", "crumbs": "You are here", "cookies": "We value your privacy",
    "share": "Tweet this article", "advert": "Buy two get one free", "related": "Ten tips for sleep",
    "news": "Get our newsletter every week", "foot": "Registered charity no. 12345",
    "comment": "Great read, thanks for posting!", "script": "trackVisitor", "hidden": "Loading spinner",
}  # fmt: skip
"""One phrase from each part of a page that is not its text."""

SEMANTIC = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Journal of Tests</title>
<meta name="citation_title" content="{title}"><meta name="citation_author" content="Reuben, Daniel Y.">
<meta name="citation_journal_title" content="Journal of Tests"><meta name="citation_volume" content="15">
<meta name="citation_publication_date" content="2024/06/19"><meta name="citation_doi" content="10.1234/jot.1">
<meta name="citation_firstpage" content="160"><meta name="citation_lastpage" content="163">
<style>p {{ color: red }}</style><script>trackVisitor("<p>not text</p>");</script></head>
<body class="has-sidebar nav-closed">
<a class="skip-link" href="#main">Skip to main content</a>
<div id="cookie-banner" role="dialog"><p>We value your privacy. This site uses cookies to show you
what you like, and shares them with its 312 partners.</p><button>Accept all</button></div>
<header class="site-header"><a href="/"><img src="logo.png" alt="Journal of Tests"></a>
<form role="search"><label>Search the journal</label><input name="q"><button>Go</button></form></header>
<nav aria-label="Main"><ul><li><a href="/c">Clinics and wards</a></li><li><a href="/v">Visiting</a></ul></nav>
<ol class="breadcrumb"><li>You are here</li><li><a href="/">Home</a></li><li><a href="/i">Issues</a></li></ol>
<main id="main"><article>
<div class="share-buttons"><a href="#">Tweet this article</a> <a href="#">Post</a> <a href="#">Mail</a></div>
{body}
<div class="ad-slot"><p>Buy two get one free. Offer ends soon.</p></div>
<div class="hidden" aria-hidden="true">Loading spinner of this page.</div>
{rest}
<section class="related-articles"><h2>Related articles</h2><ul><li><a href="/1">Ten tips for sleep</a></li>
<li><a href="/2">What your gut says</a> A short teaser of what it says.</li></ul></section>
<section id="comments"><h2>2 comments</h2><p>Great read, thanks for posting!</p></section>
</article></main>
<aside><h2>Most read</h2><ol><li><a href="/3">Why we sleep</a></li></ol>
<form><p>Get our newsletter every week by e-mail.</p><input type="email"><button>Sign up</button></form></aside>
<footer><p>Registered charity no. 12345. <a href="/t">Terms</a></p></footer>
<script type="application/ld+json">{{"@type": "ScholarlyArticle", "headline": "x", "license": "y"}}</script>
</body></html>"""

PLAIN = """<html><head><title>{title}</title></head>
<body bgcolor=white>
<div id="cookieConsent" class="cookieNotice"><div>We value your privacy and use cookies.</div></div>
<div id="wrapper" class="sidebar-layout"><div class="pageHeader" id="header"><div id="logo">Journal</div>
<div class="topMenu"><ul><li><a href=/c>Clinics and wards</a><li><a href=/v>Visiting us</a></ul></div></div>
<div class="breadcrumbs">You are here: <a href=/>Home</a> &gt; <a href=/i>Issues</a></div>
<div class="leftcol"><ul><li><a href=/3>Most read this week</a><li><a href=/4>Latest issue of it</a></ul></div>
<div class="content">
<div class="social-share">Share: <a href=#>Tweet this article</a></div>
{body}
<div class="advertisement">Buy two get one free</div><div style="display: none">Loading spinner</div>
{rest}
<div class="relatedPosts"><h3>You may also like</h3><p><a href=/1>Ten tips for sleep</a></div>
<div class="comment-list"><p>Great read, thanks for posting!</div>
<div class="newsletter-signup"><p>Get our newsletter every week.</p></div>
</div><script>trackVisitor()</script>
<div id="footer"><p>Registered charity no. 12345<br>All rights reserved.</div></div>"""

OLD = """<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY>
<TABLE WIDTH=100%><TR><TD COLSPAN=2><A HREF=/c>Clinics and wards</A> | <A HREF=/v>Visiting</A></TD></TR>
<TR><TD VALIGN=top><FONT SIZE=-1><A HREF=/1>Ten tips for sleep</A><BR><A HREF=/2>What your gut says</A></FONT>
<TD>{body} {rest}</TD></TR>
<TR><TD><DIV CLASS=footer>Registered charity no. 12345</DIV></TABLE></BODY></HTML>"""

SKELETONS = {"semantic": SEMANTIC, "plain": PLAIN, "old": OLD}


def set_as_page(blocks: Sequence[Block], skeleton: str = SEMANTIC) -> str:
    """Return the HTML of a draft's blocks inside a page."""
    title = next((block.text for block in blocks if block.kind == "heading"), "Untitled")
    parts = list(_parts(blocks))
    half = len(parts) // 2
    return skeleton.format(
        title=html.escape(title), body="\n".join(parts[:half]), rest="\n".join(parts[half:])
    )


def _parts(blocks: Sequence[Block]) -> Iterator[str]:
    entry, in_list = 0, False
    for block in blocks:
        text = _marked_up(block.text)
        if block.kind != "item" and in_list:
            yield "</ol>"
            in_list = False
        if block.kind == "heading":
            yield f"<h{block.level}>{text}</h{block.level}>"
        elif block.kind == "caption":
            yield f'<figure><img src="f.png" alt="a scan"><figcaption>{text}</figcaption></figure>'
        elif block.kind == "item":
            if not in_list:
                yield "<ol>"
            in_list, entry = True, entry + 1
            yield f'<li id="ref{entry}">{text}</li>'
        else:
            yield f"<p>{text}</p>"
    if in_list:
        yield "</ol>"


def _marked_up(text: str) -> str:
    """Return text with entities, line breaks, links to the references, and lines wrapped as an editor wraps them."""
    text = html.escape(text).replace("×", "&times;").replace("–", "&ndash;")
    text = re.sub(r"\[(\d+)\]", r'[<a href="#ref\1">\1</a>]', text)
    return text.replace("\n", "<br>\n").replace(". ", ".\n")
