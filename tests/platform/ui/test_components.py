"""Tags give exactly this markup, and refuse what they do not know."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory

from nep.platform.ui.components.base import ComponentError
from nep.platform.ui.parts import BarPart, Choice, ErrorLine, Moment, Step, Tab


def render(source: str, address: str = "/", **values: object) -> str:
    """A template rendered as a page would, on one line."""
    page = engines["django"].from_string(source).render(values, RequestFactory().get(address))
    return page.replace("\n", "")


def drawn(name: str, size: int = 18) -> str:
    """The markup of an icon."""
    return render(f'{{% icon name="{name}" size={size} %}}')


def test_state_is_icon_word_and_colour() -> None:
    assert render('{% state kind="good" word="Đạt" %}') == (
        f'<span class="nep-state nep-state-good">{drawn("tick-circle", 16)}<span>Đạt</span></span>'
    )


def test_icon_with_words_speaks() -> None:
    assert 'role="img" aria-label="Đóng"' in render('{% icon name="cross" words="Đóng" %}')


def test_button_submits_and_says_what_it_is_about() -> None:
    assert render('{% button label="Xem" small=True about="mục 10" %}') == (
        '<button class="nep-button nep-button-plain nep-button-small" type="submit">'
        '<span>Xem<span class="nep-unseen"> mục 10</span></span></button>'
    )


def test_link_button_opens_a_dialog_where_scripts_run() -> None:
    assert render('{% link_button label="Trả lại" url="/tra-lai/" dialog="return" %}') == (
        '<a class="nep-button nep-button-plain" href="/tra-lai/" data-nep-dialog="return">'
        "<span>Trả lại</span></a>"
    )


def test_locked_button_is_reached_by_keyboard_and_described() -> None:
    page = render(
        '{% locked_button id="why" label="Khóa kỳ" refused="Chưa khóa được kỳ." reason="Còn 2 đơn vị." %}'
    )
    assert page == (
        '<div class="nep-locked"><button class="nep-button" type="button" aria-disabled="true" '
        f'aria-describedby="why">Khóa kỳ</button><p class="nep-reason" id="why">{drawn("lock")}'
        "<span><b>Chưa khóa được kỳ.</b> Còn 2 đơn vị.</span></p></div>"
    )


def test_figure_that_opens_has_the_address_of_its_evidence() -> None:
    assert render('{% figure value="95,6 %" url="/so/1/" label="Đã ký" %}') == (
        '<a class="nep-figure nep-figure-m" href="/so/1/" data-nep-drawer>95,6 %'
        '<span class="nep-unseen">, Đã ký: xem căn cứ</span></a>'
    )


def test_zero_nothing_and_missing_differ() -> None:
    assert render("{% figure value=0 %}") == '<span class="nep-figure nep-figure-m">0</span>'
    assert render('{% figure absent="nothing" %}') == (
        '<span class="nep-figure nep-figure-word">Không phát sinh</span>'
    )
    assert render('{% figure absent="missing" %}') == render('{% state kind="quiet" word="Chưa báo cáo" %}')


def test_words_from_people_are_escaped() -> None:
    assert render("{% button label=name %}", name="<b>A & B</b>") == (
        '<button class="nep-button nep-button-plain" type="submit">'
        "<span>&lt;b&gt;A &amp; B&lt;/b&gt;</span></button>"
    )
    assert render('{% mark number=1 kind="law" %}{{ name }}{% endmark %}', name="A & <B>") == (
        '<mark class="nep-mark nep-mark-law" data-nep-mark="1">'
        '<sup aria-hidden="true">1</sup>A &amp; &lt;B&gt;</mark>'
    )


def test_card_holds_what_stands_in_it() -> None:
    assert render('{% card title="Tên" aside="4" %}<p>x</p>{% endcard %}') == (
        '<section class="nep-card"><header class="nep-card-head"><h2>Tên</h2>'
        '<p class="nep-card-aside">4</p></header>'
        '<div class="nep-card-body"><p>x</p></div></section>'
    )


def test_steps_mark_done_current_and_later() -> None:
    items = [Step("Tải", "/tai/"), Step("Xem"), Step("Giao")]
    page = render("{% steps items=items current=2 %}", items=items)
    assert page == (
        '<ol class="nep-steps" aria-label="Các bước"><li class="nep-step-done">'
        + render('{% icon name="tick-circle" size=16 words="Đã xong:" %}')
        + '<a href="/tai/">Tải</a></li><li aria-current="step">Xem</li><li>Giao</li></ol>'
    )


def test_tabs_count_and_current() -> None:
    items = [Tab("A", "/a/", current=True), Tab("B", "/b/", count=0)]
    assert render('{% tabs items=items label="Phần" %}', items=items) == (
        '<nav aria-label="Phần"><ul class="nep-tabs"><li><a href="/a/" aria-current="page">A</a></li>'
        '<li><a href="/b/">B <span class="nep-tab-count">0</span></a></li></ul></nav>'
    )


def test_bar_leaves_out_empty_parts_and_shares_the_width() -> None:
    parts = [BarPart("Xong", 3, "5"), BarPart("Trễ", 0, "bad"), BarPart("Chưa", 1, "quiet")]
    assert render('{% state_bar parts=parts label="Việc" %}', parts=parts) == (
        '<ul class="nep-bar nep-bar-words" aria-label="Việc">'
        '<li class="nep-bar-part nep-grow-75"><span class="nep-bar-fill nep-tone-5">3</span>'
        '<span class="nep-bar-word">Xong</span></li>'
        '<li class="nep-bar-part nep-grow-25"><span class="nep-bar-fill nep-tone-quiet">1</span>'
        '<span class="nep-bar-word">Chưa</span></li></ul>'
    )


def test_trend_says_first_last_and_goal() -> None:
    page = render('{% trend points=points goal=100 unit=" %" label="Đã ký" %}', points=[60, 95.6])
    assert 'aria-label="Đã ký: từ 60 % đến 95,6 %, mục tiêu 100 %"' in page


def test_picker_keeps_the_other_questions_and_forgets_the_page() -> None:
    page = render(
        '{% picker name="ky" label="Kỳ" choices=choices value="2" %}',
        "/?ky=1&q=an&page=3",
        choices=[Choice("1", "Tháng 1"), Choice("2", "Tháng 2")],
    )
    assert page == (
        '<form class="nep-picker-form" method="get" data-nep-pick><input type="hidden" name="q" value="an">'
        '<span class="nep-picker"><label class="nep-picker-label" for="picker-ky">Kỳ</label>'
        '<select id="picker-ky" name="ky"><option value="1">Tháng 1</option>'
        f'<option value="2" selected>Tháng 2</option></select>{drawn("chevron-down")}</span>'
        '<button class="nep-button nep-picker-go" type="submit">Xem</button></form>'
    )


def test_filters_are_taken_off_only_where_something_is_filtered() -> None:
    source = '{% filters search=words clear_url="/danh-sach/" %}{% endfilters %}'
    offered = {
        query: "Bỏ lọc" in render(source, f"/danh-sach/{query}", words="")
        for query in ("", "?trang=2", "?tim=+", "?tim=ha", "?nam=2026&page=3")
    }
    assert offered == {
        "": False,
        "?trang=2": False,
        "?tim=+": False,
        "?tim=ha": True,
        "?nam=2026&page=3": True,
    }


def test_pager_counts_in_words_and_keeps_the_questions() -> None:
    second = Paginator(range(4841), 50).page(2)
    page = render('{% pager page=page unit="người" %}', "/?q=an&page=2", page=second)
    assert "<span>51–100 trong 4.841 người</span>" in page
    assert 'href="?q=an&amp;page=1"' in page
    assert 'href="?q=an&amp;page=3"' in page


def test_timeline_speaks_in_the_offices_time() -> None:
    moment = Moment(datetime(2026, 11, 22, 2, 12, tzinfo=UTC), "An gửi phiếu", reason="đủ chữ ký.")
    assert render("{% timeline items=items %}", items=[moment]) == (
        '<ol class="nep-timeline" aria-label="Diễn biến"><li>'
        '<time datetime="2026-11-22T02:12:00+00:00">09:12 22/11/2026</time>'
        '<span>An gửi phiếu <span class="nep-timeline-reason">Lý do: đủ chữ ký.</span></span></li></ol>'
    )


class Form(forms.Form):
    name = forms.CharField(label="Tên", help_text="Như trong văn bản.")
    due = forms.DateField(label="Hạn", required=False)
    level = forms.ChoiceField(label="Mức", choices=[("1", "Tốt")], widget=forms.RadioSelect)


def test_field_ties_label_hint_error_and_control() -> None:
    assert render("{% field field=form.name %}", form=Form({})) == (
        '<div class="nep-field nep-field-wrong"><label class="nep-label" for="id_name">Tên</label>'
        '<p class="nep-hint" id="id_name_hint">Như trong văn bản.</p>'
        f'<div id="id_name_error"><p class="nep-error">{drawn("alert", 16)}'
        "<span>Trường này là bắt buộc.</span></p></div>"
        '<input type="text" name="name" class="nep-input" aria-describedby="id_name_hint id_name_error" '
        'required aria-invalid="true" id="id_name"></div>'
    )


def test_date_field_uses_the_browsers_own_and_takes_its_answer() -> None:
    form = Form({"due": "2026-11-27"})
    page = render("{% field field=form.due %}", form=form)
    assert page.endswith(
        '<input type="date" name="due" value="2026-11-27" class="nep-input nep-input-date" id="id_due"></div>'
    )
    assert "due" not in form.errors


def test_radios_are_a_group_with_a_legend() -> None:
    assert render("{% field field=form.level %}", form=Form()) == (
        '<div class="nep-field"><fieldset><legend class="nep-label">Mức</legend>'
        '<div class="nep-choices"><label class="nep-choice" for="id_level_0">'
        '<input type="radio" name="level" value="1" id="id_level_0" required><span>Tốt</span></label></div>'
        "</fieldset></div>"
    )


def test_error_summary_leads_to_each_field() -> None:
    lines = [ErrorLine("Chưa chọn tệp")]
    page = render("{% error_summary form=form lines=lines %}", form=Form({}), lines=lines)
    assert "Có 3 chỗ cần sửa" in page
    assert '<li>Chưa chọn tệp</li><li><a href="#id_name">Tên: Trường này là bắt buộc.</a></li>' in page
    assert '<a href="#id_level_0">Mức: Trường này là bắt buộc.</a>' in page


def test_error_summary_is_silent_without_errors() -> None:
    assert render("{% error_summary %}") == ""


def test_post_button_is_a_form_that_acts_once() -> None:
    page = render('{% post_button label="Gửi nhắc" url="/nhac/" %}')
    assert page.startswith('<form class="nep-inline-form" method="post" action="/nhac/" data-nep-guard>')
    assert page.count('name="csrfmiddlewaretoken"') == 1
    assert page.count('name="once"') == 1


@pytest.mark.parametrize(
    "source",
    [
        '{% button label="Xem" colour="red" %}',
        '{% button "Xem" %}',
        "{% button %}",
        '{% card tilte="x" %}{% endcard %}',
        '{% state kind="good" %}',
    ],
)
def test_unknown_or_missing_arguments_do_not_compile(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% button label="Xem" kind="mian" %}',
        '{% state kind="great" word="x" %}',
        '{% icon name="unicorn" %}',
        "{% figure %}",
        '{% figure absent="nil" %}',
        '{% mark number=1 kind="place" %}x{% endmark %}',
        '{% coverage_cell kind="green" label="x" %}',
        '{% notice kind="loud" %}x{% endnotice %}',
    ],
)
def test_unknown_words_are_refused_with_what_is_allowed(source: str) -> None:
    with pytest.raises(ComponentError):
        render(source)
