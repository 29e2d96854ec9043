"""What each template tag and include writes, by value."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from samhandling.apps.initiatives.models import Status
from samhandling.core.partial_date import in_year, on_day, parse_swedish
from samhandling.web.glossary import WORDS, in_order
from samhandling.web.templatetags import statuses

HOSTILE = '"><script>alert(1)</script>'


def write(source: str, **values: Any) -> str:
    """The template's text with its white space squeezed."""
    return " ".join(Template("{% load components %}" + source).render(Context(values)).split())


@dataclass
class Used:
    key: str
    basis: str = "STATED"
    ground: str = ""
    level: Any = field(init=False)

    def __post_init__(self) -> None:
        self.level = SimpleNamespace(key=self.key)


@dataclass
class Area:
    code: str = "BM"
    title: str = "Bosättning"
    colour: int | None = 1


def test_an_icon_points_at_the_sprite_and_is_hidden_from_screen_readers() -> None:
    assert write('{% icon "plus" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/img/icons.svg#i-plus"/></svg>'
    )


@pytest.mark.parametrize("status", [code for code in Status if code is not Status.UNKNOWN])
def test_every_status_has_an_icon_of_its_own_and_its_word(status: Status) -> None:
    said = write("{% status code %}", code=status.value)
    assert f"#s-{status.value.lower().replace('_', '-')}" in said
    assert f"<span>{status.label}</span>" in said


def test_no_status_is_unknown() -> None:
    for code in (None, "", "UNKNOWN"):
        said = write("{% status code %}", code=code)
        assert '<span class="unknown">Okänt</span>' in said
        assert "#s-unknown" in said


def test_a_code_that_is_no_status_is_refused() -> None:
    with pytest.raises(KeyError):
        statuses.status("SOON")


def test_the_line_under_a_status_is_escaped() -> None:
    said = write("{% status 'DONE' under=tail %}", tail=HOSTILE)
    assert "<script>" not in said
    assert "&lt;script&gt;" in said


def test_levels_are_shapes_in_fixed_places_hollow_when_inferred() -> None:
    said = write(
        "{% levels items %}",
        items=[Used("joint_action", "INFERRED"), Used("experience_exchange")],
    )
    assert said == (
        '<span class="levels">'
        '<svg class="lvl at-1" role="img" aria-label="Erfarenhetsutbyte">'
        '<use href="/static/img/icons.svg#l-experience_exchange"/></svg>'
        '<svg class="lvl inferred at-3" role="img" aria-label="Gemensam insats, härlett">'
        '<use href="/static/img/icons.svg#l-joint_action"/></svg></span>'
    )


@pytest.mark.parametrize("items", [None, [], [Used("joint_action", "UNKNOWN")]])
def test_no_known_level_is_unknown(items: Any) -> None:
    assert write("{% levels items %}", items=items) == '<span class="unknown">Okänt</span>'
    assert write("{% level_names items %}", items=items) == '<span class="unknown">Okänt</span>'


def test_what_is_told_of_the_network_is_marked_apart() -> None:
    said = write("{% levels items of_network=True %}", items=[Used("joint_action")])
    assert 'class="levels of-network"' in said
    assert "sagt om nätverket som helhet" in said


def test_a_level_only_another_county_has_is_written_out_and_escaped() -> None:
    item = SimpleNamespace(level=Unlisted(), basis="STATED")
    assert '<span class="other">&lt;b&gt;Nivå fyra&lt;/b&gt;</span>' in write(
        "{% levels items %}", items=[item]
    )
    assert "&lt;b&gt;Nivå fyra&lt;/b&gt;" in write("{% level_names items %}", items=[item])


class Unlisted:
    key = "level_four"

    def __str__(self) -> str:
        return "<b>Nivå fyra</b>"


def test_a_managers_levels_are_read_from_it() -> None:
    manager = SimpleNamespace(all=lambda: [Used("joint_action")])
    assert "Gemensam insats" in write("{% level_names items %}", items=manager)


def test_an_inferred_level_with_a_ground_opens_it_and_one_without_says_so() -> None:
    with_ground = write("{% level_names i %}", i=[Used("joint_action", "INFERRED", "Av enkäten.")])
    assert "Gemensam insats <button" in with_ground
    assert "Av enkäten." in with_ground
    without = write("{% level_names i %}", i=[Used("joint_action", "INFERRED")])
    assert "Gemensam insats, härlett" in without
    assert "<button" not in without


def test_a_focus_area_is_a_code_on_a_colour_with_its_name_for_all() -> None:
    assert write("{% focus_area a %}", a=Area()) == (
        '<span class="area area-1"><b>BM</b><span class="hidden-text">Bosättning</span></span>'
    )
    assert "<b>BM</b><span>Bosättning</span>" in write("{% focus_area a named=True %}", a=Area())
    assert "area-none" in write("{% focus_area a %}", a=Area(colour=None))
    assert write("{% focus_area a %}", a=None) == '<span class="unknown">Okänt</span>'
    assert "<script>" not in write("{% focus_area a %}", a=Area(code=HOSTILE, title=HOSTILE))


def test_unknown_none_and_not_applicable_are_three_things() -> None:
    said = {write("{% unknown %}"), write("{% known_none %}"), write("{% not_applicable %}")}
    assert said == {
        '<span class="unknown">Okänt</span>',
        '<span class="known-none">Ingen</span>',
        '<span class="not-applicable">Inte aktuellt</span>',
    }


def test_unknown_leads_to_where_it_is_filled_in_and_names_what() -> None:
    assert write("{% unknown url what='Ägare' %}", url="/a?b=1&c=2") == (
        '<span class="unknown">Okänt</span> <a class="fill-in" href="/a?b=1&amp;c=2">Fyll i'
        '<span class="hidden-text">: Ägare</span></a>'
    )


def test_an_inference_opens_its_escaped_ground_under_an_id_of_its_own() -> None:
    said = write("{% inferred g %}{% inferred g %}", g=HOSTILE)
    assert "<script>" not in said
    assert said.count("&lt;script&gt;") == 2
    targets = [part.split('"')[0] for part in said.split('popovertarget="')[1:]]
    assert len(set(targets)) == 2
    for target in targets:
        assert f'id="{target}" popover' in said
    assert "Grunden är inte beskriven." in write("{% inferred %}")


def test_made_up_is_marked_only_when_it_is() -> None:
    assert write("{% example_mark %}") == '<span class="example">exempeldata</span>'
    assert write("{% example_mark made_up %}", made_up=False) == ""


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (
            on_day(date(2018, 11, 22)),
            '<time datetime="2018-11-22">22 november 2018</time>',
        ),
        (parse_swedish("mars 2020"), '<time datetime="2020-03">mars 2020</time>'),
        (in_year(2021), '<time datetime="2021">2021</time>'),
        (parse_swedish("våren 2021"), '<span class="figures">våren 2021</span>'),
        (
            parse_swedish("efter vårterminen 2020"),
            '<span class="figures">efter vårterminen 2020</span>',
        ),
        (date(2020, 1, 20), '<time datetime="2020-01-20">20 januari 2020</time>'),
        (
            datetime(2020, 11, 29, 23, 30, tzinfo=UTC),
            '<time datetime="2020-11-30">30 november 2020</time>',
        ),
        (None, '<span class="unknown">Okänt</span>'),
    ],
)
def test_a_partly_known_date_is_told_as_far_as_it_is_known(when: Any, said: str) -> None:
    assert write("{% partial_date when %}", when=when) == said


def test_dates_follow_the_readers_language_and_swedish_words_say_that_they_are() -> None:
    with translation.override("en"):
        assert write("{% partial_date w %}", w=on_day(date(2018, 11, 22))) == (
            '<time datetime="2018-11-22">22 November 2018</time>'
        )
        words = parse_swedish("våren 2021")
        assert "spring 2021" in write("{% partial_date w %}", w=words)


def test_a_short_day_is_swedish_time() -> None:
    assert write("{% short_day at %}", at=datetime(2020, 11, 11, 23, 30, tzinfo=UTC)) == (
        '<time datetime="2020-11-12">12 nov 2020</time>'
    )


def test_a_number_is_a_link_to_its_rows() -> None:
    said = write('{% figure_link n "/rok/insatser/?status=DONE" about="insatser" %}', n=21)
    assert 'class="figure-link" href="/rok/insatser/?status=DONE"' in said
    assert '>21<span class="hidden-text"> insatser</span></a>' in said


def test_a_partial_list_says_at_least_and_thousands_are_grouped() -> None:
    assert ">minst 5</a>" in write('{% figure_link 5 "/x" at_least=True %}')
    assert ">10\xa0000</a>" in Template('{% load components %}{% figure_link 10000 "/x" %}').render(
        Context()
    )
    assert ">43 insatser</a>" in write('{% figure_link 43 "/x" text="43 insatser" %}')


def test_nought_is_plain_and_no_number_is_unknown() -> None:
    assert "<a" not in write('{% figure_link 0 "/x" %}')
    assert ">0<" in write('{% figure_link 0 "/x" %}')
    assert write("{% figure_link None %}") == '<span class="unknown">Okänt</span>'


def test_a_word_opens_its_explanation() -> None:
    said = write('{% term "level" "nivå" %}')
    assert ">nivå</button>" in said
    assert "<strong>samverkansnivå</strong>" in said
    assert "Ingen nivå är bättre än en annan" in said
    with pytest.raises(KeyError):
        write('{% term "no such word" %}')


def test_an_agreements_own_definition_says_whose_it_is_and_is_escaped() -> None:
    said = write('{% definition "nyanlända" head text "RÖK" %}', head="nyanländ", text=HOSTILE)
    assert "<script>" not in said
    assert "Så används ordet i RÖK." in said


def test_the_glossary_is_in_swedish_order() -> None:
    words = [str(word.word) for word in in_order(WORDS.values())]
    assert words[-3:] == ["åtagande", "öppen fråga", "överenskommelse"]
    assert words.index("§ 37-medel") < words.index("behov")


def test_a_footnote_and_its_text_point_at_each_other() -> None:
    assert 'id="ref-3" href="#not-3"' in write("{% footnote_ref 3 %}")
    note = SimpleNamespace(number=3, text=HOSTILE, url="")
    said = render_to_string("_components/footnotes.html", {"notes": [note]})
    assert '<li id="not-3" value="3">' in said
    assert 'href="#ref-3"' in said
    assert "<script>" not in said


def test_a_person_is_a_name_marked_when_made_up() -> None:
    someone = SimpleNamespace(name="Karin <Exempel>", made_up=True)
    assert write('{% person p role="sammankallande" %}', p=someone) == (
        '<span class="person-name">Karin &lt;Exempel&gt;, sammankallande '
        '<span class="example">exempeldata</span></span>'
    )
    assert write("{% person None %}") == '<span class="unknown">Okänt</span>'


def heads(query: str, source: str) -> str:
    request = RequestFactory().get(f"/lista/?{query}")
    return Template("{% load components %}" + source).render(RequestContext(request))


def test_a_head_sorts_and_turns_round_keeps_filters_and_forgets_the_page() -> None:
    source = '{% sort_head "namn" "Insats" default="namn" %}'
    first = heads("omrade=BM&sida=3", source)
    assert 'aria-sort="ascending"' in first
    assert 'href="?omrade=BM&amp;sortera=-namn"' in first
    turned = heads("omrade=BM&sortera=-namn", source)
    assert 'aria-sort="descending"' in turned
    assert 'href="?omrade=BM&amp;sortera=namn"' in turned
    other = heads("sortera=status", source)
    assert "aria-sort" not in other
    assert 'href="?sortera=namn"' in other


def test_a_part_names_its_section_by_its_heading() -> None:
    said = write('{% part heading note=note wide=True %}<p>Text</p>{% endpart %}',
                 heading="Öppna <frågor>", note=HOSTILE)  # fmt: skip
    assert said.startswith('<section class="part wide" id="oppna-fragor" aria-labelledby="h-oppna')
    assert "Öppna &lt;frågor&gt;" in said
    assert "<p>Text</p>" in said
    assert "<script>" not in said


def test_a_fact_without_a_value_is_unknown_with_the_way_to_fill_it() -> None:
    assert (
        write('{% fact "Ägare" %}ReSam{% endfact %}') == "<div><dt>Ägare</dt><dd>ReSam</dd></div>"
    )
    empty = write('{% fact "Ägare" fill="/fyll" span=True %} {% endfact %}')
    assert empty.startswith('<div class="span"><dt>Ägare</dt><dd><span class="unknown">Okänt')
    assert 'href="/fyll"' in empty


def test_a_frame_with_nothing_in_it_leaves_nothing_behind() -> None:
    assert write('{% filled "crumbs" %} {% if no %}x{% endif %} {% endfilled %}') == ""
    said = write('{% filled "crumbs" %}{% crumb "Insatser" "/i/" %}{% crumb t %}{% endfilled %}',
                 t=HOSTILE)  # fmt: skip
    assert '<li><a href="/i/">Insatser</a></li>' in said
    assert '<li aria-current="page">' in said
    assert "<script>" not in said


class SampleForm(forms.Form):
    name = forms.CharField(label="Namn", help_text="Kort och tydligt.")
    choice = forms.ChoiceField(
        label="Val", choices=[("a", "Ett"), ("b", "Två")], widget=forms.RadioSelect, required=False
    )
    kind = forms.ChoiceField(label="Slag", choices=[("a", "Ett")], required=False)
    when = forms.CharField(
        label="När", required=False, widget=forms.TextInput(attrs={"class": "short"})
    )
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="Ja", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_ties_label_help_and_error_to_its_control() -> None:
    form = SampleForm({"name": ""})
    said = form["name"].as_field_group()
    assert '<label for="id_name">Namn' in said
    assert "(måste fyllas i)" in said
    assert 'aria-describedby="id_name_helptext id_name_error"' in said
    assert '<div class="help" id="id_name_helptext">Kort och tydligt.</div>' in said
    assert '<div id="id_name_error">' in said
    assert 'aria-invalid="true"' in said


def test_what_was_typed_comes_back_escaped() -> None:
    form = SampleForm({"name": HOSTILE, "text": "</textarea>" + HOSTILE})
    said = form["name"].as_field_group() + form["text"].as_field_group()
    assert "<script>" not in said
    assert said.count("</textarea>") == 1


def test_choices_are_a_group_with_a_legend_and_a_label_each() -> None:
    said = SampleForm()["choice"].as_field_group()
    assert said.count("<fieldset") == 1
    assert "<legend>Val</legend>" in said
    assert '<label class="choice" for="id_choice_0"><input type="radio"' in said


def test_controls_get_our_class_and_boxes_do_not() -> None:
    form = SampleForm()
    assert 'class="input"' in str(form["name"])
    assert 'class="input"' in str(form["kind"])
    assert 'class="input"' in str(form["text"])
    assert 'class="input short"' in str(form["when"])
    for name in ("agreed", "choice", "secret"):
        assert "input" not in str(form[name]).replace("<input", "")


def test_a_widget_that_is_drawn_twice_gets_the_class_once() -> None:
    form = SampleForm()
    assert str(form["when"]) == str(form["when"])


def test_a_whole_form_is_its_fields_and_its_hidden_ones() -> None:
    said = str(SampleForm())
    assert said.count('class="field"') == 6
    assert said.count('type="hidden"') == 1


def test_the_error_summary_counts_and_leads_to_each_control() -> None:
    form = SampleForm({"name": "", "choice": "z"})
    said = " ".join(render_to_string("_components/error_summary.html", {"form": form}).split())
    assert "2 uppgifter behöver rättas" in said
    assert '<a href="#id_name">Namn</a>' in said
    assert '<a href="#id_choice">Val</a>' in said
    assert "autofocus" in said
    assert render_to_string("_components/error_summary.html", {"form": SampleForm()}).strip() == ""


def test_the_pager_keeps_the_filters_and_marks_where_one_is() -> None:
    request = RequestFactory().get("/lista/?omrade=BM&sida=7")
    page = Paginator(range(430), 25).page(7)
    said = " ".join(
        render_to_string("_components/pager.html", {"page": page}, request=request).split()
    )
    assert "Visar 151–175 av 430." in said
    assert 'href="?omrade=BM&amp;sida=8" rel="next"' in said
    assert 'aria-current="page">7<' in said
    assert 'aria-label="Sida 18"' in said
    only = Paginator(range(3), 25).page(1)
    assert "<nav" not in render_to_string("_components/pager.html", {"page": only}, request=request)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("history", {"entries": [SimpleNamespace(at=date(2020, 1, 1), sentence=HOSTILE, why=HOSTILE,
                                                 made_up=True)]}),
        ("steps", {"steps": [SimpleNamespace(title=HOSTILE, text=HOSTILE, status="DONE",
                                             why=HOSTILE, when=None, levels=None, url="")]}),
        ("tally", {"rows": [SimpleNamespace(label=HOSTILE, count=1, url=HOSTILE, status="")],
                   "most": 1}),
        ("dated", {"events": [SimpleNamespace(when=None, text=HOSTILE, url=HOSTILE,
                                              made_up=False)]}),
        ("chips", {"chips": [SimpleNamespace(label=HOSTILE, url=HOSTILE)], "clear_url": HOSTILE}),
        ("drop_menu", {"label": HOSTILE, "items": [SimpleNamespace(label=HOSTILE, url=HOSTILE)]}),
        ("empty", {"heading": HOSTILE, "text": HOSTILE, "action_url": HOSTILE,
                   "action_label": HOSTILE}),
        ("note", {"heading": HOSTILE, "text": HOSTILE, "url": HOSTILE, "link": HOSTILE}),
        ("confirm", {"id": "x", "opener": HOSTILE, "heading": HOSTILE, "text": HOSTILE,
                     "action": HOSTILE, "confirm": HOSTILE}),
    ],
)  # fmt: skip
def test_hostile_text_stays_text(name: str, values: dict[str, Any]) -> None:
    said = render_to_string(f"_components/{name}.html", values)
    assert "<script>" not in said
    assert "&lt;script&gt;" in said
    assert '""' not in said
