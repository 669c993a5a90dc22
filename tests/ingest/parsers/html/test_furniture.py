"""What stands around the text is left out with a reason; what only looks like it stays."""

import pytest

from ingest.parsers.html import parse

TEXT = "<p>" + "Some words of the text, which nobody would leave out. " * 8 + "</p>"
LINKS = "<a href=/a>Hips and knees</a> <a href=/b>Hands and feet</a>"
LEFT_OUT = {
    "<nav>Out</nav>": "navigation",
    "<div role=navigation>Out</div>": "navigation",
    "<div class='mainNav'>Out</div>": "navigation",
    "<ul class='c-breadcrumb'><li>Out</ul>": "navigation",
    "<div id=cookie_banner>Out</div>": "cookie notice",
    "<div class=consent-popup>Out</div>": "cookie notice",
    "<div class='share-this'>Out</div>": "share buttons",
    "<div class='social'>Out</div>": "share buttons",
    "<div class='ad'>Out</div>": "advert",
    "<div class='relatedContent'>Out</div>": "related links",
    "<div><h3>You may also like</h3><p>Out</div>": "related links",
    "<form>Out</form>": "form",
    "<button>Out</button>": "control",
    "<select><option>Out</select>": "control",
    "<aside>Out</aside>": "aside",
    "<footer>Out</footer>": "page footer",
    "<div class=site-footer>Out</div>": "page footer",
    "<div class=comments>Out</div>": "comments of readers",
    "<div class=newsletter>Out</div>": "sign-up form",
    "<div class=modal>Out</div>": "pop-up",
    "<p hidden>Out</p>": "hidden",
    "<p aria-hidden=true>Out</p>": "hidden",
    "<p style='display: none'>Out</p>": "hidden",
    "<p class=sr-only>Out</p>": "hidden",
    "<script>Out</script>": "script",
    "<template>Out</template>": "template",
    "<noscript>Out</noscript>": "text without scripts",
    "<svg><text>Out</text></svg>": "picture",
    "<del>Out</del>": "struck out",
    f"<div>{LINKS} Out</div>": "mostly links",
    f"<ul><li>{LINKS}<li>Out</ul>": "mostly links",
}
KEPT = {
    "a section called after its heading": "<section id=social-support><h2>Social support</h2><p>In</p></section>",
    "informed consent": "<div id=consent><h2>Consent</h2><p>In</p></div>",
    "recommendations": "<div class=recommendation><p>In</p></div>",
    "search strategy": "<div class=search-strategy><p>In</p></div>",
    "the header of an article": "<article><header><p>In</p></header></article>",
    "who is quoted": "<blockquote><p>Well.</p><footer>In</footer></blockquote>",
    "links that a sentence introduces": "<p>It may cause:</p><ul><li><a href=/a>In</a><li><a href=/b>Rash</a></ul>",
    "a link in a sentence": "<p><a href=/a>In, and all of it is a link.</a></p>",
    "a heading that folds": "<h2><button>In</button></h2><p>Text.</p>",
    "words with a name": "<p>The <span class=tooltip>In</span> is here.</p>",
    "a page with a sidebar": "<div class=has-sidebar><p>In</p></div>",
    "hidden on some screens": "<p class='hidden md-block'>In</p>",
    "by-lines": "<div class=authors><a href=/a>In</a></div>",
    "references with links": "<div><h2>References</h2><ol><li><a href=/a>In. A title. 2019.</a></ol></div>",
}


@pytest.mark.parametrize("part", LEFT_OUT)
def test_what_stands_around_the_text_is_left_out(part):
    draft = parse(f"<body>{TEXT}{part}{TEXT}".encode())
    assert not [block for block in draft.blocks if "Out" in block.text]
    assert [one.reason for one in draft.dropped if "Out" in one.text] == [LEFT_OUT[part]]


@pytest.mark.parametrize("name", KEPT)
def test_what_only_looks_like_it_stays(name):
    draft = parse(f"<body>{TEXT}{KEPT[name]}{TEXT}".encode())
    assert [block for block in draft.blocks if "In" in block.text]


@pytest.mark.parametrize(
    "around",
    ["<form>{}</form>", "<div class=sidebar-layout>{}</div>", "<div class=modal-open>{}</div>"],
)
def test_what_holds_most_of_the_page_is_not_around_it(around):
    assert len(parse(around.format(TEXT).encode()).blocks) == 1


def test_only_the_main_part_is_read_where_one_is_marked():
    draft = parse(f"<p>Out 1.<main>{TEXT}</main><div><p>Out 2.</div>".encode())
    assert len(draft.blocks) == 1
    assert [one.reason for one in draft.dropped] == ["outside the main part"] * 2


def test_the_title_above_the_main_part_is_kept():
    page = "<title>Knee pain | Site</title><div><h1>{}</h1></div><main>{}</main>"
    assert parse(page.format("Knee pain", TEXT).encode()).blocks[0].text == "Knee pain"
    assert parse(page.format("Our hospital", TEXT).encode()).blocks[0].kind == "paragraph"


def test_an_empty_main_part_is_not_believed():
    assert len(parse(f"<main><p>Wait.</p></main><div>{TEXT}</div>".encode()).blocks) == 2
