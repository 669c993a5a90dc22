"""The page for addresses with nothing at them."""

from __future__ import annotations

GONE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not found · Quotewell</title>
<style>
:root { color-scheme: light dark; }
body {
  max-width: 34rem; margin: 0 auto; padding: 12vh 1.25rem 2rem;
  background: #fcfbf8; color: #1d2125;
  font: 1.0625rem/1.5 system-ui, sans-serif;
}
h1 { font: 600 1.75rem/1.25 Georgia, serif; }
a { display: inline-block; padding: 0.25rem 0; color: #0b5c66; }
ul { padding: 0; list-style: none; }
@media (prefers-color-scheme: dark) {
  body { background: #15181b; color: #e9e7e2; }
  a { color: #7fcbd1; }
}
</style>
<main>
<h1>There is nothing at this address</h1>
<p>It may be mistyped, or the page has moved. These pages are here:</p>
<ul>
<li><a href="/">Ask a question</a></li>
<li><a href="/sources">Sources: the documents that answers are quoted from</a></li>
<li><a href="/about">About: what the quotes mean, and what they do not</a></li>
<li><a href="/embed">Embed: use it in your own page</a></li>
</ul>
</main>
</html>
"""
"""Fits both schemes and needs nothing else, so that it can be shown for any address."""
