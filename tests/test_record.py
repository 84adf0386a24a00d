"""The record shipped with the program: whole, checked, and dated no more precisely than known."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import Selection, open_chronology
from korea_cli.base.tokenize import name_key
from korea_cli.checks.load import load_valid

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.model.records import Event, Fact, Source

ARTICLE = "ramani-2017"
PLACES = {"deck", "bio", "credit", *(f"p{number}" for number in range(1, 18))}

# The events that the article tells or implies, E1 to E31, by the paragraph it tells them in.
EVENTS = {
    "E1": ("tillerson-russia-pressure", "p1", "2017-07-07"),
    "E2": ("tillerson-dialogue-argument", "p1", "[2017-02..2017-07-07]"),
    "E3": ("trump-putin-meeting", "p1", "2017-07-07"),
    "E4": ("hwasong-14-launch", "p2", "2017-07-04"),
    "E5": ("russia-rejects-icbm-label", "p2", "2017-07-04/2017-07-06"),
    "E6": ("russia-opposes-wider-sanctions", "p2", "2017-07-05"),
    "E7": ("us-russia-tension-rises", "p3", "2017?/2017-07?"),
    "E8": ("moscow-urges-seoul-to-leave-us-measures", "p3", "[2016..2017-07]"),
    "E9": ("testing-accelerates", "p4", "2016-37"),
    "E10": ("russia-presses-political-solution", "p4", "2016-37/2017-07?"),
    "E11": ("putin-courts-seoul", "p5", "2016?/2017-07?"),
    "E12": ("moon-on-russia-cooperation", "p5", "2017-05-29"),
    "E13": ("kremlin-answers-moon", "p6", "[2017-05-29..2017-07-08]"),
    "E14": ("putin-emissary-offer", "p6", "2017-05-25"),
    "E15": ("matsegora-han-meeting", "p7", "2017-04-30"),
    "E16": ("lavrov-calls-for-six-party-talks", "p8", "2016-04/.."),
    "E17": ("russia-china-joint-statement", "p9", "2017-07-04"),
    "E18": ("rok-keeps-drilling", "p10", "2016?/2017-07?"),
    "E19": ("moon-chung-in-on-drills", "p10", "2017-06-16"),
    "E21": ("thaad-payment-friction", "p10", "2017-04-27/2017-04-30"),
    "E22": ("putin-uses-thaad-friction", "p10", "[2017-04-27..2017-07-08]"),
    "E23": ("putin-thaad-remarks", "p11", "2017-06-01"),
    "E24": ("putin-thaad-artillery-remark", "p11", "2017-05-24"),
    "E25": ("russia-china-cooperation-grows", "p12", "2016?/2017-07?"),
    "E26": ("russia-deepens-ties-with-pyongyang", "p13", "2016?/2017-07?"),
    "E27": ("russia-china-condemn-us", "p13", "2016?/2017-07?"),
    "E28": ("russia-china-consultations-may", "p13", "2017-05-22"),
    "E29": ("kcna-criticises-china", "p15", "2017-05-03"),
    "E30": ("china-backs-russian-role", "p15", "2016?/2017-07?"),
    "E31": ("goldstein-reports-chinese-view", "p16", "[2016-07~..2017-07]"),
}

# The claims of the article in its order, with the paragraph.
CLAIMS = """
relations-shape-russian-aims deck
washington-to-press-moscow p1, pressure-aims-at-russian-help p1, north-belligerent-to-neighbours p1,
dialogue-could-narrow-gap p1, us-russia-gap-grows p1,
tillerson-sounds-optimistic p2, icbm-us p2, icbm-label-rejected p2, russia-opposes-sanctions p2,
diplomacy-has-not-eased-tension p2,
two-causes-of-tension p3, russian-and-us-methods-contrast p3, moscow-stresses-inter-korean-talks p3,
moscow-urged-seoul-to-abstain p3, us-measures-antagonise-north p3, russia-widens-role-for-china p3,
partnership-with-china-matters-more p3,
north-sped-up-testing p4, russia-leads-political-solution p4, washington-wants-denuclearisation p4,
russia-seeks-containment p4,
first-prong-direct-talks p5, putin-courts-seoul-for-talks p5, moon-values-russia p5, moon-hopes-for-russian-help p5,
kremlin-offers-blueprint p6, kremlin-willing-to-engage-north p6, putin-emissary-to-learn-and-relay p6,
russia-presses-north p7, matsegora-asked-for-restraint p7,
russian-leverage-limited p8, commitment-shown-by-both-demands p8, lavrov-has-called-since-april-2016 p8,
progress-would-fulfil-russian-goal p8,
second-prong-detach-seoul p9, large-exercises-should-stop p9,
rok-still-drills p10, exercises-should-be-smaller p10, moscow-noticed-moon-chung-in p10, thaad-payment-clash p10,
putin-exploited-payment-clash p10,
thaad-threatens-russia p11, thaad-weak-against-artillery p11, seoul-unlikely-to-drop-thaad p11,
friction-can-be-exploited p11, north-ever-more-belligerent p11,
russia-offers-constructive-solutions p12, russia-opposes-us-for-china p12, shared-opposition-to-strike p12,
china-is-norths-main-backer p13, russia-wants-equal-standing p13, united-front-shown p13,
chinese-respect-would-help p14, independence-makes-russia-credible p14, southeast-asian-states-hedge p14,
china-would-approve p15, china-strongly-supports-russia p15, burden-explains-chinese-support p15,
north-is-a-burden-to-china p15, north-criticised-beijing p15,
approval-could-survive-show-of-force p16, fleet-move-would-help-china p16, axis-could-become-alliance p16,
scale-of-commitment-unclear p17, strategy-more-coherent p17, clash-will-not-ease-soon p17,
author-affiliations bio
"""

# What other sources say beside the article, V1 to V18: the record that says it, and the sources it must rest on.
CHECKS = {
    "V1": [
        ("putin-emissary-offer", "kherald-2017-05-25 kremlin-2017-05-24 tass-2017-05-29"),
        ("putin-answered-songs-question", "kherald-2017-05-25"),
    ],
    "V2": [
        ("moon-on-russia-cooperation", "kherald-2017-05-29 tass-2017-05-29 kmib-2017-05-29"),
        ("moon-values-russia", "kherald-2017-05-29 kmib-2017-05-29 ytn-2017-05-29"),
        ("moon-hopes-for-russian-help", "kherald-2017-05-29 kmib-2017-05-29 ytn-2017-05-29"),
    ],
    "V3": [("putin-thaad-remarks", "reuters-2017-06-01 ecns-2017-06-02 rt-2017-06-01")],
    "V4": [
        ("icbm-russia", "pti-2017-07-04"),
        ("icbm-us-first-reading", "pti-2017-07-04 yonhap-2017-07-04"),
        ("icbm-rok-mnd", "yonhap-2017-07-05 kbs-2017-07-09"),
        ("icbm-guterres", "un-sgsm-18599 tass-2017-07-05"),
        ("icbm-dprk", "pti-2017-07-04"),
        ("icbm-cns", "cns-nti"),
        ("russia-denies-blocking", "asianage-2017-07-07"),
        ("russia-objects-un-text-july", "reuters-2017-07-06 kherald-2017-07-07"),
    ],
    "V5": [
        (
            "russia-china-joint-statement",
            "un-s-2017-613 tass-2017-07-04 globaltimes-2017-07-05 ap-2017-07-04 rt-2017-07-04",
        )
    ],
    "V6": [
        ("tillerson-russia-pressure", "wex-2017-07-07 cnn-2017-07-07"),
        ("tillerson-spoke-after-meeting", "wex-2017-07-07 cnn-2017-07-07"),
    ],
    "V7": [
        ("matsegora-han-meeting", "tass-2017-04-30 kcna-2017-04-30"),
        ("kcna-understanding-of-stand", "kcna-2017-04-30"),
        ("matsegora-han-second-meeting", "kcna-2017-05-26"),
    ],
    "V8": [
        ("moon-chung-in-on-drills", "hani-2017-06-19 yonhap-2017-06-16 yonhap-2017-06-19"),
        ("president-made-both-proposals", "hani-2017-06-19 yonhap-2017-06-16"),
        ("blue-house-disowns-moon-chung-in", "hani-2017-06-20 joongang-2017-06-19"),
        ("washington-must-be-consulted", "hani-2017-06-21"),
    ],
    "V9": [
        ("trump-thaad-interview", "fortune-2017-04-28 kherald-2017-04-28"),
        ("mcmaster-kim-call", "upi-2017-04-30 wex-2017-04-30"),
        ("thaad-launcher-probe", "ecns-2017-06-02 reuters-2017-05-30"),
    ],
    "V10": [
        ("lavrov-cica-speech", "tasnim-2016-04-28 mid-2016-04-28"),
        ("lavrov-wang-beijing-april-2016", "china-mfa-2016-04-29"),
        ("lavrov-wang-six-party", "cri-2016-03-11"),
        ("lavrov-choe-six-party", "sputnik-2014-11-20"),
    ],
    "V11": [
        ("nuclear-test-january-2016", "csis-provocations"),
        ("testing-accelerates", "cns-nti csis-provocations"),
        ("testing-changed-in-2014", "nti-missile-analysis"),
    ],
    "V12": [
        ("resolution-2356-vote", "tass-2017-06-03"),
        ("russia-voted-for-sanctions", "tass-2017-06-03"),
        ("russia-voted-for-resolution-2371", "un-res-2371"),
        ("russia-opposes-wider-sanctions", "reuters-2017-07-05 un-sc-12902"),
    ],
    "V13": [
        ("gatilov-rejects-force", "gatilov-2017-04-28 tass-2017-04-28 un-sc-12804"),
        ("lavrov-warns-against-force", "tass-2017-07-05-lavrov reuters-2017-07-05-lavrov"),
    ],
    "V14": [
        ("russia-china-consultations-may", "tass-2017-05-22"),
        ("russia-and-china-split-at-un", "inquirer-2017-04"),
        ("russia-and-china-split-at-un-in-july", "ap-2017-07-06"),
        ("un-press-statement-april", "ap-2017-04-20 kherald-2017-04-21"),
    ],
    "V15": [("china-first-with-double-suspension", "ap-2017-03-08 kyodo-2017-03-08 tass-2017-04-29 rt-2017-04-29")],
    "V16": [("kcna-criticises-china", "dw-2017-05-04 ajudaily-2017-05-04")],
    "V17": [("putin-thaad-artillery-remark", "kherald-2017-05-25")],
    "V18": [("us-rok-missile-firing", "kbs-2017-07-05")],
}

# What is disputed in the article's account, and by what.
DISPUTES = {
    "lavrov-calls-for-six-party-talks": {"sputnik-2014-11-20", "cri-2016-03-11"},
    "lavrov-has-called-since-april-2016": {"sputnik-2014-11-20", "cri-2016-03-11"},
    "testing-accelerates": {"testing-changed-in-2014"},
    "north-sped-up-testing": {"testing-changed-in-2014"},
    "matsegora-han-meeting": {"kcna-understanding-of-stand"},
    "matsegora-asked-for-restraint": {"kcna-understanding-of-stand"},
    "icbm-us": {"icbm-russia", "icbm-us-first-reading"},
    "icbm-rok-mnd": {"icbm-russia"},
    "icbm-label-rejected": {"icbm-us", "icbm-dprk", "icbm-cns"},
    "russia-opposes-sanctions": {"russia-voted-for-sanctions"},
    "russia-leads-political-solution": {"china-first-with-double-suspension"},
    "exercises-should-be-smaller": {"blue-house-personal-opinion"},
    "president-made-both-proposals": {"blue-house-personal-opinion"},
}

# What something in the record bears on without contradicting it: a speech of 5 July is not disputed by a vote of
# 2 June, nor what the article does not time by a briefing after the meeting, nor an impression by what goes against it.
# That Russia objected in July both sides report; only that it blocked the text is denied.
UNDISPUTED = {
    "united-front-shown",
    "russia-objects-un-text-july",
    "russia-opposes-wider-sanctions",
    "russia-china-condemn-us",
    "russia-china-cooperation-grows",
    "russia-presses-political-solution",
    "tillerson-dialogue-argument",
    "tillerson-russia-pressure",
}

# News agencies whose text other media print: two that print the same one are one voice.
SCRIPTS = {
    "RUS": "[а-яё]", "KOR": "[가-힣]", "PRK": "[가-힣]", "CHN": "[一-鿿]", "JPN": "[一-鿿]", "THA": "[ก-๙]",
    "VNM": "Việt", "PHL": "Pilipinas",
}  # fmt: skip


# Names that readers of Korean, Russian, Chinese, Japanese and English newspapers type.
NAMES = {
    "russia": "러시아; 俄罗斯; 俄羅斯; ロシア; РФ",
    "usa": "미국; 美国; 美國; 米国; アメリカ; США; U.S.",
    "dprk": "КНДР; 북조선; 북한; 北朝鮮; 朝鲜; 北韓; N. Korea",
    "rok": "Южная Корея; 남조선; 한국; 韩国; 韓国; 南韓; S. Korea",
    "china": "Китай; 중국; 中國; PRC",
    "japan": "Япония; 일본; 日本",
    "moon-jae-in": "Mun Jae-in; 문재인; 文在寅; Мун Чжэ Ин",
    "moon-chung-in": "Moon Jung-in; 문정인; 文正仁; Мун Чжон Ин",
    "putin": "푸틴; 普京; プーチン; Путин",
    "trump": "트럼프; 特朗普; 川普; トランプ; Трамп",
    "xi-jinping": "시진핑; 習近平; Си Цзиньпин",
    "wang-yi": "왕이; 王毅; Ван И",
    "tillerson": "틸러슨; 蒂勒森; ティラーソン; Тиллерсон",
    "russia-mod": "러시아 국방부; 俄罗斯国防部; Минобороны России",
    "rok-mnd": "국방부; 韩国国防部; South Korean Defense Ministry",
    "china-mfa": "중국 외교부; 中国外交部; МИД Китая",
    "us-state-department": "미국 국무부; 美国国务院; 米国務省; Госдеп",
}


@cache
def loaded() -> LoadResult:
    return load_valid(["builtin"])


def events() -> dict[str, Event]:
    return {entry.id: entry for entry in loaded().draft.records["events"]}


def facts() -> dict[str, Fact]:
    return {entry.id: entry for entry in loaded().draft.records["facts"]}


def everything() -> dict[str, Any]:
    return {entry.id: entry for entries in loaded().draft.records.values() for entry in entries}


def cited(entry: Event | Fact) -> set[str]:
    others = getattr(entry, "other_dates", ())
    return {
        citation.id for citations in (entry.sources, *(other.sources for other in others)) for citation in citations
    }


def voice(source: Source) -> str:
    """Return whose text a source prints: that of what it copies, or of its publisher, or its own."""
    return source.original or source.publisher or source.container


def supported(entry: Event | Fact) -> bool:
    """Return whether an official record or two voices other than the article support an entry."""
    sources = [everything()[citation.id] for citation in entry.sources if citation.id != ARTICLE]
    return len({voice(each) for each in sources}) > 1 or any(each.voice in {"official", "un"} for each in sources)


def claims() -> list[tuple[str, str]]:
    return [(id_, place) for id_, place in re.findall(r"([\w-]+) (deck|p\d+|bio)", CLAIMS)]


def test_the_record_breaks_no_rule_and_needs_no_second_look() -> None:
    assert loaded().check("warning") == ()


@pytest.mark.parametrize(
    ("day", "id_"),
    [
        ("2017-05-25", "putin-emissary-offer"),
        ("2017-05-29", "moon-on-russia-cooperation"),
        ("2017-06-01", "putin-thaad-remarks"),
        ("2017-07-04", "hwasong-14-launch"),
        ("2017-07-07", "tillerson-russia-pressure"),
    ],
)
def test_the_five_dates_stay_where_the_article_puts_them(day: str, id_: str) -> None:
    event = events()[id_]
    assert event.date.text == day
    assert event.sources[0].id == ARTICLE


def test_the_emissary_offer_tells_the_other_date_and_who_gives_it() -> None:
    (other,) = events()["putin-emissary-offer"].other_dates
    assert other.date.text == "2017-05-24"
    assert {citation.id for citation in other.sources} >= {
        "kherald-2017-05-25",
        "kremlin-2017-05-24",
        "tass-2017-05-29",
    }
    assert other.note


def test_the_launch_is_dated_by_the_clock_of_its_place() -> None:
    launch = events()["hwasong-14-launch"]
    assert (launch.date.text, launch.time, launch.timezone) == ("2017-07-04", "09:10", "Asia/Pyongyang")
    assert [other.date.text for other in launch.other_dates] == ["2017-07-03"]


@pytest.mark.parametrize("number", EVENTS)
def test_every_event_of_the_article_is_there_under_its_paragraph(number: str) -> None:
    id_, place, date = EVENTS[number]
    event = events()[id_]
    assert (ARTICLE, place) in event.sources
    assert event.date.text == date


def test_what_is_a_claim_is_no_event() -> None:
    """E20, that Russian policymakers took notice, is held by the author alone."""
    assert facts()["moscow-noticed-moon-chung-in"].status == "unverified"
    assert "moscow-noticed-moon-chung-in" not in events()


def test_the_deployment_that_never_happened_is_no_event() -> None:
    """E32, the Russian Pacific Fleet in the Sea of Japan, is hypothetical."""
    fleet = "russian-pacific-fleet"
    assert [event.id for event in events().values() if fleet in (*event.actors, *event.recipients, *event.via)] == []
    deployed = [event.id for event in events().values() if event.kind == "deployment"]
    assert deployed == ["thaad-equipment-reaches-seongju"]
    assert [
        event.id for event in events().values() if re.search(r"fleet|sea of japan", event.title, re.IGNORECASE)
    ] == []
    claim = facts()["fleet-move-would-help-china"]
    assert claim.text.startswith("If ")
    assert (claim.holders, claim.reported_by) == (("chinese-policymakers",), ("goldstein", "ramani"))
    assert claim.status == "unverified"


def test_no_date_is_more_precise_than_its_basis() -> None:
    """A day stands where somebody states one; what the article leaves undated is a span or a guess marked as one."""
    for event in events().values():
        if event.date_basis in {"unknown", "estimate"}:
            assert event.date.precision != "day", event.id
            assert event.date.qualified or event.date.end_max - event.date.start_min >= 28, event.id
            assert event.note, event.id
        if event.date_basis == "external":
            assert cited(event) - {ARTICLE}, event.id
        if event.date_basis in {"stated", "year-inferred"}:
            assert event.date_text, event.id
    for event in events().values():
        if event.date.precision == "interval" and event.date_basis in {"unknown", "estimate"}:
            assert event.date.qualified, event.id


def test_all_claims_of_the_article_are_held_by_somebody_and_found_in_its_paragraphs() -> None:
    assert len(claims()) == len({id_ for id_, _ in claims()}) == 68
    for id_, place in claims():
        assert (ARTICLE, place) in facts()[id_].sources, id_
        assert "ramani" in (*facts()[id_].holders, *facts()[id_].reported_by), id_


def test_every_fact_has_a_holder_a_kind_a_status_and_a_source() -> None:
    assert len(facts()) >= 50
    for fact in facts().values():
        assert fact.holders, fact.id
        assert fact.kind, fact.id
        assert fact.status, fact.id
        assert fact.sources, fact.id


def test_the_article_s_judgements_never_speak_as_flat_facts() -> None:
    for id_ in (
        "russia-leads-political-solution",
        "putin-exploited-payment-clash",
        "shared-opposition-to-strike",
        "united-front-shown",
    ):
        assert (facts()[id_].kind, facts()[id_].status) == ("assessment", "opinion")
    assert all(fact.status == "opinion" for fact in facts().values() if fact.kind == "forecast")


@pytest.mark.parametrize(
    ("id_", "sources"),
    [pytest.param(*pair, id=f"{number}-{pair[0]}") for number, pairs in CHECKS.items() for pair in pairs],
)
def test_what_other_sources_say_stands_beside_the_article_with_its_own_source(id_: str, sources: str) -> None:
    wanted = set(sources.split())
    assert ARTICLE not in wanted
    assert wanted <= cited(everything()[id_])


def test_every_check_of_the_article_is_represented() -> None:
    assert list(CHECKS) == [f"V{number}" for number in range(1, 19)]


@pytest.mark.parametrize("id_", sorted(DISPUTES))
def test_what_is_disputed_names_what_disputes_it(id_: str) -> None:
    entry = everything()[id_]
    assert DISPUTES[id_] <= set(entry.disputed_by)
    for other in DISPUTES[id_]:
        against = everything()[other]
        own = {other} if against.type == "source" else cited(against)
        assert own - {ARTICLE}, f"{other} needs a source other than the article"


@pytest.mark.parametrize("id_", sorted(UNDISPUTED))
def test_what_nobody_contradicts_is_not_disputed(id_: str) -> None:
    assert everything()[id_].disputed_by == ()
    assert everything()[id_].status != "disputed"


def test_the_status_of_an_event_follows_the_rule() -> None:
    """The rule is in docs/built-in-record.md; what one relay says of a meeting is one voice, whoever prints it."""
    for event in events().values():
        if event.status == "confirmed":
            assert supported(event), event.id
            assert not event.via, event.id
        if {citation.id for citation in event.sources} == {ARTICLE}:
            assert event.status in {"reported", "unverified"}, event.id
        assert bool(event.disputed_by) == (event.status == "disputed"), event.id


def test_the_status_of_a_fact_follows_the_rule() -> None:
    for fact in facts().values():
        if fact.kind in {"assessment", "forecast"}:
            assert fact.status in {"opinion", "unverified"}, fact.id
            continue
        assert bool(fact.disputed_by) == (fact.status in {"disputed", "contradicted"}), fact.id
        assert fact.status in {"undisputed", "unverified", "disputed", "contradicted"}, fact.id
        if fact.status == "undisputed":
            assert supported(fact), fact.id
        if fact.status == "unverified" and {citation.id for citation in fact.sources} != {ARTICLE}:
            assert fact.note, f"{fact.id} needs a note that names the one voice"


def test_the_same_agency_in_two_papers_is_one_voice() -> None:
    sources = {each.id: voice(each) for each in loaded().draft.records["sources"]}
    assert sources["kherald-2017-05-25"] == sources["yonhap-2017-06-19"] == sources["tass-2017-05-29"] == "Yonhap"
    assert sources["fortune-2017-04-28"] == sources["reuters-2017-06-01"] == "Reuters"
    assert sources["kbs-2017-05-25"] == sources["kbs-2017-07-05"] == "KBS"


def test_notes_do_not_judge() -> None:
    """A note names who says what; that something is right or wrong is for readers to say."""
    judging = re.compile(r"\b(does not hold|fair paraphrase|was deployed|wrong|correct|true of)\b", re.IGNORECASE)
    texts = {event.id: f"{event.note} {event.summary}" for event in events().values()}
    texts |= {fact.id: fact.note for fact in facts().values()}
    assert [id_ for id_, text in texts.items() if judging.search(text)] == []


def test_the_article_is_cited_by_its_own_places_only() -> None:
    entries: list[Event | Fact] = [*events().values(), *facts().values()]
    cites = [(entry.id, cite) for entry in entries for cite in entry.sources if cite.id == ARTICLE]
    assert len(cites) >= 90
    assert [(id_, cite.locator) for id_, cite in cites if cite.locator not in PLACES] == []


def test_no_name_is_ambiguous_where_the_article_has_traps() -> None:
    names = {}
    for actor in loaded().draft.records["actors"]:
        for name in (actor.id, actor.name, *actor.aliases):
            names[name_key(name)] = actor.id
    assert "moon" not in names
    assert "han" not in names
    assert names["washington"] == "usa"
    assert [name for name, id_ in names.items() if "washington" in name and id_ != "washington-post"] == ["washington"]
    assert names["sergey lavrov"] == names["сергей лавров"] == "lavrov"
    assert names["문재인"] == "moon-jae-in"
    assert names["문정인"] == "moon-chung-in"
    assert names["han song-ryol"] == "han-song-ryol"


def test_actors_have_the_names_that_their_own_press_uses() -> None:
    """Groups that only the article names have no such name."""
    for actor in loaded().draft.records["actors"]:
        if actor.country in SCRIPTS and actor.kind != "group":
            assert re.search(SCRIPTS[actor.country], " ".join(actor.aliases), re.IGNORECASE), actor.id


@pytest.mark.parametrize(("press", "script"), [("Korean", "[가-힣]"), ("Russian", "[а-яё]"), ("East Asian", "[一-鿿]")])
def test_every_topic_has_the_name_that_the_press_of_each_language_uses(press: str, script: str) -> None:
    topics = loaded().draft.records["topics"]
    assert [each.id for each in topics if not re.search(script, " ".join(each.aliases), re.IGNORECASE)] == [], press


def test_every_topic_has_another_english_name_too() -> None:
    topics = loaded().draft.records["topics"]
    assert [each.id for each in topics if not any(re.match("[A-Za-z0-9]", alias) for alias in each.aliases)] == []


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("한미 동맹", "rok-us-alliance"), ("남북 관계", "inter-korean"), ("대북 제재", "sanctions"),
        ("6자 회담", "six-party-talks"), ("6カ国協議", "six-party-talks"), ("六方會談", "six-party-talks"),
        ("한러 관계", "russia-rok"), ("북러 관계", "russia-dprk"), ("중러 관계", "russia-china"),
        ("북중 관계", "china-dprk"), ("китайско-северокорейские отношения", "china-dprk"), ("미러 관계", "us-russia"),
        ("ミサイル実験", "missile-tests"), ("핵 실험", "missile-tests"), ("six-way talks", "six-party-talks"),
    ],
)  # fmt: skip
def test_a_topic_is_found_as_its_name_is_spaced_and_spelt_in_newspapers(typed: str, topic: str) -> None:
    topics = loaded().draft.records["topics"]
    assert [each.id for each in topics if name_key(typed) in map(name_key, each.aliases)] == [topic]


def test_what_speaks_of_a_year_was_not_known_before_it() -> None:
    """One source has no date, but its subject bounds it; without that its claim would always have been known."""
    with open_chronology() as chronology:
        known = Selection(known_by="2013")
        assert [each.id for each in (*chronology.events(known), *chronology.facts(known))] == []


def test_who_only_advises_or_is_sent_is_no_part_of_an_institution() -> None:
    """The Blue House disowned its adviser's words; its envoy to Moscow was a member of parliament."""
    actors = {actor.id: actor for actor in loaded().draft.records["actors"]}
    assert (actors["moon-chung-in"].part_of, actors["moon-chung-in"].affiliation) == ((), ("blue-house",))
    assert (actors["song-young-gil"].part_of, actors["song-young-gil"].affiliation) == (("rok",), ("blue-house",))
    assert actors["goldstein"].part_of == actors["ramani"].part_of == ()


@pytest.mark.parametrize("id_", NAMES)
def test_a_name_in_any_script_finds_its_actor(id_: str) -> None:
    for name in NAMES[id_].split("; "):
        actors = loaded().draft.records["actors"]
        found = [each.id for each in actors if name_key(name) in map(name_key, (each.name, *each.aliases))]
        assert found == [id_], name


def test_every_place_has_its_names_in_korean_russian_and_han() -> None:
    names = {own[0]: " ".join(own) for own in loaded().draft.header.place_names}
    assert names.keys() == {event.place for event in loaded().draft.records["events"] if event.place}
    for own in names.values():
        assert all(re.search(script, own) for script in ("[\uac00-\ud7a3]", "[\u0430-\u044f]", "[\u4e00-\u9fff]")), own


def test_everything_the_record_names_is_used() -> None:
    found = [
        str(problem) for problem in loaded().check("note") if problem.check in {"all-used", "place-names-are-used"}
    ]
    assert found == []


def test_what_came_of_a_forecast_is_reported_by_later_sources() -> None:
    forecasts = {fact.id: fact for fact in facts().values() if fact.kind == "forecast"}
    for id_, fact in forecasts.items():
        assert fact.outcome, id_
        assert fact.outcome_sources, id_
        for citation in fact.outcome_sources:
            issued = everything()[citation.id].issued
            assert fact.date, id_
            assert issued.start_min > fact.date.end_max, (id_, citation.id)


def test_quotations_are_very_short() -> None:
    quotes = [event.quote for event in events().values() if event.quote]
    assert quotes
    assert all(len(quote.split()) <= 6 for quote in quotes)
