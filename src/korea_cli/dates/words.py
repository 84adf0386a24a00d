"""Months and weekdays in other languages, without accents (CLDR; scripts/date_words.py writes it)."""

from __future__ import annotations

# German, French, Russian, Spanish, Italian, Portuguese, Dutch
MONTHS = (
    "januar jan janner janvier janv января янв январь enero ene gennaio gen janeiro januari",
    "februar feb fevrier fevr февраля февр февраль febrero febbraio fevereiro fev februari",
    "marz mar mars марта мар март marzo marco maart mrt",
    "april apr avril avr апреля апр апрель abril abr aprile",
    "mai мая маи mayo may maggio mag maio mei",
    "juni jun juin июня июн июнь junio giugno giu junho",
    "juli jul juillet juil июля июл июль julio luglio lug julho",
    "august aug aout августа авг август agosto ago augustus",
    (
        "september sept sep septembre сентября сент "
        "сентябрь septiembre setiembre set settembre setembro"
    ),
    "oktober okt octobre oct октября окт октябрь octubre ottobre ott outubro out",
    "november nov novembre ноября нояб ноябрь noviembre novembro",
    "dezember dez decembre dec декабря дек декабрь diciembre dic dicembre dezembro december",
)  # fmt: skip

# These and Korean, Japanese and Chinese, from Monday on
WEEKDAYS = (
    (
        "montag mo lundi lun понедельник пн lunes lunedi segunda-feira "
        "seg maandag ma 월요일 월 月曜日 月 星期一 周一"
    ),
    "dienstag di mardi mar вторник вт martes martedi terca-feira ter dinsdag 화요일 화 火曜日 火 星期二 周二",
    (
        "mittwoch mi mercredi mer среда ср miercoles mie mercoledi "
        "quarta-feira qua woensdag wo 수요일 수 水曜日 水 星期三 周三"
    ),
    (
        "donnerstag do jeudi jeu четверг чт jueves jue giovedi "
        "gio quinta-feira qui donderdag 목요일 목 木曜日 木 星期四 周四"
    ),
    (
        "freitag fr vendredi ven пятница пт viernes vie venerdi "
        "sexta-feira sex vrijdag vr 금요일 금 金曜日 金 星期五 周五"
    ),
    "samstag sa samedi sam суббота сб sabado sab sabato zaterdag za 토요일 토 土曜日 土 星期六 周六",
    "sonntag so dimanche dim воскресенье вс domingo dom domenica zondag zo 일요일 일 日曜日 日 星期日 周日",
)  # fmt: skip
