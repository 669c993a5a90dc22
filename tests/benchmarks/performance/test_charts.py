"""A picture says in words what it shows, and whatever it is of, it stays a picture."""

import re
from xml.etree import ElementTree

from benchmarks.performance.charts import Chart, shown, svg

ROOT = "{http://www.w3.org/2000/svg}"


def test_the_words_for_who_does_not_see_it_hold_every_number():
    chart = Chart("load", "Answers a second", [("1 client", 11.84), ("50", 17.93)], ("wanted", 24))
    assert chart.alt == "Answers a second: 1 client 11.8; 50 17.9; wanted 24."
    assert ElementTree.fromstring(svg(chart)).find(f"{ROOT}desc").text == chart.alt


def test_labels_cannot_be_mark_up():
    chart = Chart("a", "<b> & c", [("</svg><script>", 1.0)], ('"d"', 2.0))
    picture = ElementTree.fromstring(svg(chart))
    texts = [one.text for one in picture.iter(f"{ROOT}text")]
    assert texts[:2] == ["<b> & c", "</svg><script>"]
    assert not list(picture.iter(f"{ROOT}script"))


def test_the_longest_bar_and_its_number_stay_inside():
    picture = ElementTree.fromstring(svg(Chart("a", "b", [("c", 0.5), ("d", 1e6)])))
    width = float(picture.get("width"))
    ends = [float(one.get("x")) + float(one.get("width")) for one in picture.iter(f"{ROOT}rect")]
    assert max(ends) < width - 80
    assert ends[0] < ends[1]


def test_nothing_at_all_is_drawn_as_no_length():
    lengths = re.findall(r'height="18"', svg(Chart("a", "b", [("c", 0.0), ("d", 0.0)])))
    assert len(lengths) == 2


def test_it_can_be_read_on_a_dark_page():
    style = svg(Chart("a", "b", [("c", 1.0)]))
    assert "prefers-color-scheme:dark" in style


def test_numbers_are_told_with_about_three_digits():
    told = [shown(one) for one in (0, 0.00031, 0.1234, 7.456, 83.12, 300, 1234.5, 2_000_000)]
    assert told == ["0", "0.00031", "0.123", "7.46", "83.1", "300", "1,234", "2,000,000"]
