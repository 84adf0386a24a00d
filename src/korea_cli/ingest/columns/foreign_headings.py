"""What the headings of sheets of events are called in other languages."""

from __future__ import annotations

# Korean, Japanese, Chinese, Russian, German, French, Spanish, Italian, Portuguese, Dutch
_HEADINGS = {
    "date": "날짜 일자 일시 日付 年月日 日期 дата datum fecha",
    "title": (
        "제목 사건 見出し 題名 タイトル 出来事 标题 標題 事件 название заголовок событие titel ereignis titre "
        "événement título evento titolo acontecimento gebeurtenis"
    ),
    "summary": (
        "내용 설명 요약 内容 概要 説明 描述 摘要 описание beschreibung zusammenfassung résumé descripción resumen "
        "descrizione descrição resumo beschrijving"
    ),
    "place": "장소 場所 地点 地點 место ort lieu lugar luogo plaats",
    "actors": "인물 행위자 人物 участники участник beteiligte akteure acteurs actores attori atores actoren",
    "sources": "출처 出典 来源 來源 источник источники quelle quellen fuente fuentes fonte fonti bron bronnen",
    "note": "비고 備考 备注 備註 примечание примечания anmerkung bemerkung remarque notas osservazioni opmerking",
    "topics": "주제 テーマ 主题 主題 тема темы thema themen thème tema temas temi",
}

FOREIGN = {heading: key for key, headings in _HEADINGS.items() for heading in headings.split()}
