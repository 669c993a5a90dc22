"""What the HTML standard says of its elements, as far as text depends on it."""

VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav",
    "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that begin and end a line; all others are parts of one."""
CLOSES_P = BLOCKS - frozenset({
    "body", "caption", "col", "colgroup", "html", "legend", "optgroup", "option", "tbody", "td",
    "tfoot", "th", "thead", "tr",
})  # fmt: skip
"""Elements whose start ends an open paragraph."""
NOT_IN_HEADING = frozenset({
    "article", "blockquote", "dl", "ol", "p", "section", "table", "ul",
})  # fmt: skip
"""Elements that end a heading with text whose end tag was forgotten; a browser does not."""
FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "sub",
    "sup", "tt", "u",
})  # fmt: skip
"""Elements whose end tag ends them, whatever was opened in them and is not closed."""
SPECIAL = BLOCKS | frozenset({"button", "template", "object", "applet", "marquee", "select"})
"""Elements that the end tag of an inline element around them does not close."""
IN_HEAD = frozenset({
    "base", "basefont", "bgsound", "link", "meta", "noscript", "script", "style", "template",
    "title",
})  # fmt: skip
SCOPE = ("html", "table", "td", "th", "caption", "object", "applet", "marquee", "template")
"""Elements that no end tag inside them reaches beyond."""
ENDS_BEFORE = {
    "li": (("li",), (*SCOPE, "ul", "ol", "menu")),
    "dt": (("dt", "dd"), (*SCOPE, "dl")),
    "dd": (("dt", "dd"), (*SCOPE, "dl")),
    "option": (("option",), ("select", *SCOPE)),
    "optgroup": (("option", "optgroup"), ("select", *SCOPE)),
    "td": (("td", "th", "caption", "colgroup"), ("table",)),
    "th": (("td", "th", "caption", "colgroup"), ("table",)),
    "tr": (("tr", "td", "th", "caption", "colgroup"), ("table",)),
    "tbody": (("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"), ("table",)),
    "thead": (("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"), ("table",)),
    "tfoot": (("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"), ("table",)),
    "a": (("a",), SCOPE),
    "button": (("button",), SCOPE),
}
"""What the start of an element ends if it is open, and the elements beyond which it does not."""
OF_TABLE = frozenset({"table", "caption", "colgroup", "tbody", "thead", "tfoot", "tr", "td", "th"})
