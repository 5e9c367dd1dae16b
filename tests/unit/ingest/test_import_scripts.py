"""Captions, sentences, headings, titles and sections in scripts of all kinds."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from toasoan.ingest.cleaning import cleaned, legible
from toasoan.ingest.headings import could_be_heading, usual_length
from toasoan.ingest.photos import Caption, caption_with_credit, photo_label_of
from toasoan.ingest.sections import section_of
from toasoan.ingest.sentences import first_sentence, is_single_sentence, without_full_stop
from toasoan.ingest.sources import source_line_of
from toasoan.ingest.text_length import index_of_length, reading_length, whole_letters
from toasoan.ingest.titles import LONGEST, cut_to_clauses, made_title
from toasoan.ingest.words import all_words

WORDS = all_words()
SECTIONS = frozenset({"heritage", "figure", "enterprise", "current-events", "political-system", "local", "product"})
SAMPLES = {
    path.stem: path.read_text("utf-8").strip().split("\n")
    for path in sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
}
NAMES = {
    "vi": "An Bình",
    "ru": "Ан Бинь",
    "uk": "Ан Бінь",
    "el": "Αν Μπιν",
    "ar": "آن بينه",
    "fa": "آن بین",
    "ur": "آن بن",
    "he": "אן בין",
    "hi": "आन बिन्ह",
    "bn": "আন বিন",
    "th": "อานบิ่ญ",
    "lo": "ອານບິ່ງ",
    "km": "អានប៊ិញ",
    "ko": "안빈",
    "ja": "アン・ビン",
    "zh": "安平",
}
"""How the photographer An Bình is called in languages with scripts of their own."""


# --- photos -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", SAMPLES)
def test_the_label_and_the_credit_of_the_sample_are_known(language: str) -> None:
    label, caption = SAMPLES[language][3:]
    found, read = photo_label_of(legible(label), WORDS), caption_with_credit(legible(caption), WORDS)

    assert found is not None
    assert found.is_set_off
    assert read is not None
    assert read.credit == NAMES.get(language, "An Binh")
    assert read.text is not None
    assert caption.startswith(read.text)


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Дети у парома - Фото: Ан", "Дети у парома", "Ан"),
        ("Kinder an der Fähre. Foto: VNA", "Kinder an der Fähre.", "VNA"),
        ("Des enfants sur le bac. Photo : VNA", "Des enfants sur le bac.", "VNA"),
        ("เด็ก ๆ บนเรือข้ามฟาก ภาพ: VNA", "เด็ก ๆ บนเรือข้ามฟาก", "VNA"),
        ("ภาพ: VNA", None, "VNA"),
        ("渡し船に乗る子どもたち_出典:VNA", "渡し船に乗る子どもたち", "VNA"),
        ("ילדים במעבורת. צילום: VNA", "ילדים במעבורת.", "VNA"),
        ("渡轮上的孩子们。图：越通社", "渡轮上的孩子们。", "越通社"),
        ("渡轮上的孩子们（摄影：安平）。", "渡轮上的孩子们", "安平"),
        ("أطفال على متن العبارة - تصوير: VNA", "أطفال على متن العبارة", "VNA"),
        ("나룻배를 탄 아이들. 사진 제공: VNA", "나룻배를 탄 아이들.", "VNA"),
        ("Dzieci na promie. Fot. Jan Kowalski", "Dzieci na promie.", "Jan Kowalski"),
        ("नाव पर बच्चे। फोटो: VNA", "नाव पर बच्चे।", "VNA"),
        ("កុមារនៅលើសាឡាង (រូបថត៖ VNA)", "កុមារនៅលើសាឡាង", "VNA"),
    ],
)
def test_a_caption_is_known_by_its_credit(line: str, caption: str | None, credit: str) -> None:
    assert caption_with_credit(line, WORDS) == Caption(caption, credit)


@pytest.mark.parametrize(
    "line",
    [
        "Il a dit que la photo : un cliché rare, montre le bac.",
        "คุณภาพ: ดีมาก",
        "他说的地图：很旧。",
        "그는 말했다. 사진: 이것은 오래된 것이다. 그리고 더 있다.",
    ],
)
def test_a_credit_word_inside_a_text_is_just_a_word(line: str) -> None:
    assert caption_with_credit(line, WORDS) is None


@pytest.mark.parametrize(
    ("line", "stem"),
    [
        ("Музей лодок, изображение 1", "Музей лодок"),
        ("Музей лодок, рисунок 3.", "Музей лодок"),
        ("متحف القوارب - صورة ١", "متحف القوارب"),
        ("नाव संग्रहालय - चित्र १।", "नाव संग्रहालय"),
        ("พิพิธภัณฑ์เรือ - ภาพที่ ๒", "พิพิธภัณฑ์เรือ"),
        ("船の博物館 - 写真1", "船の博物館"),
        ("船博物馆，图2。", "船博物馆"),
        ("Muzeum łodzi - zdjęcie 12.", "Muzeum łodzi"),
    ],
)
def test_a_label_is_set_off_by_a_mark_of_its_script(line: str, stem: str) -> None:
    label = photo_label_of(line, WORDS)

    assert label is not None
    assert (label.stem, label.is_set_off) == (stem, True)


@pytest.mark.parametrize(
    "word",
    [
        "Source :",
        "Джерело:",
        "Источник:",
        "Zdroj :",
        "Sumber:",
        "Kaynak:",
        "المصدر:",
        "来源：",
        "출처:",
        "ប្រភព៖",
        "स्रोत:",
    ],
)
def test_the_source_line_is_known_in_every_language(word: str) -> None:
    line = source_line_of(f"{word} https://baotang.example/a-b-c", WORDS)

    assert line is not None
    assert line.url == "https://baotang.example/a-b-c"


@pytest.mark.parametrize(
    "word", ["Yorum", "Komen", "Komentář", "Kommentar", "Komentarz", "Comentariu", "コメント", "Comment"]
)
def test_the_comment_words_seen_on_the_portal_are_known(word: str) -> None:
    assert word.casefold() in WORDS.comments


@pytest.mark.parametrize(
    ("word", "section"),
    [("Chiffre", "figure"), ("Спадщина", "heritage"), ("Nouvelles", "current-events"), ("地方", "local")],
)
def test_the_navigation_is_known_mistranslations_included(word: str, section: str) -> None:
    assert WORDS.nav[word.casefold()] == section


# --- sentences --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("संग्रहालय खुल गया। बच्चे आए।", "संग्रहालय खुल गया।"),
        ("জাদুঘর খুলেছে। শিশুরা এসেছে।", "জাদুঘর খুলেছে।"),
        ("عجائب گھر کھل گیا۔ بچے آئے۔", "عجائب گھر کھل گیا۔"),
        ("هل فتح المتحف؟ نعم فتح.", "هل فتح المتحف؟"),
        ("博物馆开馆了。孩子们来了。", "博物馆开馆了。"),
        (
            "館長は「来てください。待っています。」と述べた。雨だった。",
            "館長は「来てください。待っています。」と述べた。",
        ),
        ("សារមន្ទីរបានបើក។ កុមារបានមក។", "សារមន្ទីរបានបើក។"),
        ("박물관이 열렸다. 아이들이 왔다.", "박물관이 열렸다."),
        ("Am 17. Dezember 2025 öffnete das Museum. Kinder kamen.", "Am 17. Dezember 2025 öffnete das Museum."),
        ("พิพิธภัณฑ์เปิดแล้ว เด็ก ๆ มาเยี่ยมชม", "พิพิธภัณฑ์เปิดแล้ว เด็ก ๆ มาเยี่ยมชม"),
    ],
)
def test_a_sentence_ends_at_the_full_stop_of_its_script(text: str, first: str) -> None:
    assert first_sentence(text, WORDS.abbreviations) == first
    assert is_single_sentence(first, WORDS.abbreviations)
    assert is_single_sentence(text, WORDS.abbreviations) == (text == first)


@pytest.mark.parametrize("stop", ["।", "۔", "。", "។", "."])
def test_a_title_has_no_full_stop_of_any_script(stop: str) -> None:
    assert without_full_stop(f"अ{stop}") == "अ"


# --- lengths, headings, titles ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("abc", 3), ("ăâđ", 3), ("博物馆", 9), ("박물관", 6), ("コーヒー", 8), ("ที่", 3), ("A博", 4)],
)
def test_length_is_what_a_reader_reads(text: str, length: int) -> None:
    assert reading_length(text) == length


@pytest.mark.parametrize("text", ["博物馆 and more 박물관", "x" * 300, "ที่" * 100, "カ" * 100])
@pytest.mark.parametrize("longest", [1, 10, 150])
def test_a_cut_is_as_long_as_can_be(text: str, longest: int) -> None:
    end = index_of_length(text, longest)

    assert reading_length(text[:end]) <= longest
    assert end == len(text) or reading_length(text[: end + 1]) > longest


@pytest.mark.parametrize("language", ["zh", "ja", "ko", "th", "lo", "km", "hi", "ar", "en"])
def test_no_paragraph_of_a_sample_is_taken_for_a_heading(language: str) -> None:
    paragraphs = SAMPLES[language][:3]
    usual = usual_length(paragraphs)

    assert usual > 0
    assert not any(could_be_heading(text, usual, WORDS) for text in paragraphs)


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("zh", "老火车站重获新生"),
        ("ja", "古い駅舎に人が戻る"),
        ("ko", "옛 역에 다시 모인 사람들"),
        ("th", "สถานีเก่ากลับมามีชีวิต"),
    ],
)
def test_a_short_line_may_head_a_text_in_every_script(language: str, heading: str) -> None:
    assert could_be_heading(heading, usual_length(SAMPLES[language][:3]), WORDS)


@pytest.mark.parametrize("language", SAMPLES)
def test_a_title_made_from_the_opening_ends_in_a_whole_letter(language: str) -> None:
    paragraph = SAMPLES[language][0].replace(",", "").replace("，", "").replace("、", "").replace("،", "")
    made = made_title(None, paragraph, WORDS)

    assert made is not None
    assert 20 <= reading_length(made.title) <= LONGEST
    rest = paragraph[len(made.title.removesuffix("…")) :]
    assert not rest or not unicodedata.category(rest[0]).startswith("M")


@pytest.mark.parametrize(
    ("text", "end", "kept"),
    [
        ("ที่นี่", 2, ""),
        ("กาแฟ", 3, "กา"),
        ("กาแฟ", 1, ""),
        ("ក្រុង", 2, ""),
        ("क्या", 2, ""),
        ("abc", 2, "ab"),
        ("é" * 3, 2, "éé"),
    ],
)
def test_a_letter_keeps_its_marks(text: str, end: int, kept: str) -> None:
    assert whole_letters(text, end) == kept


def test_a_long_chinese_sentence_is_cut_after_a_clause() -> None:
    sentence = "博物馆位于老火车站内，" + "这里展出了许多珍贵的照片和信件" * 6

    assert cut_to_clauses("老" * 30 + "，" + "火" * 60) == "老" * 30
    assert cut_to_clauses(sentence).endswith("…")
    assert reading_length(cut_to_clauses(sentence)) <= LONGEST


# --- cleaning ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "raw", "mended"),
    [
        ("fr", "Il a dit : « oui » ; puis il est parti !", "Il a dit : « oui » ; puis il est parti !"),
        ("fr", "la province ( Quang Binh ) .", "la province (Quang Binh)."),
        ("de", "im Kanzleramt .", "im Kanzleramt."),
        ("hi", "संग्रहालय खुला है ।", "संग्रहालय खुला है।"),
        ("ur", "عجائب گھر کھل گیا ۔", "عجائب گھر کھل گیا۔"),
        ("zh", "博物馆 ，开馆了 。", "博物馆，开馆了。"),
        ("fa", "می\u200cخواهم", "می\u200cخواهم"),
        ("hi", "क्\u200dष", "क्\u200dष"),
        ("ko", "한\u200d글", "한글"),
        ("id", "anak -anak", "anak-anak"),
        ("de", "Ein- und Ausfuhr", "Ein- und Ausfuhr"),
    ],
)
def test_white_space_is_mended_as_the_language_writes(language: str, raw: str, mended: str) -> None:
    assert cleaned(legible(raw), WORDS.languages[language].cleaning) == mended


@pytest.mark.parametrize("language", SAMPLES)
def test_a_well_written_text_is_left_as_it_is(language: str) -> None:
    for text in SAMPLES[language]:
        assert cleaned(legible(text), WORDS.languages[language].cleaning) == unicodedata.normalize("NFC", text)


# --- sections ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "section", "text"),
    [
        ("fr", "heritage", "Le musée veille sur ce patrimoine classé par l’UNESCO ; un festival le fait revivre."),
        ("fr", "figure", "Le poète est né à Hue ; sa vie et son portrait remplissent une biographie du peintre."),
        (
            "fr",
            "enterprise",
            "L’entreprise annonce un bénéfice et rassure ses actionnaires ; la start-up entre en bourse.",
        ),
        (
            "fr",
            "current-events",
            "Le typhon a causé des inondations ; les sauveteurs ont éteint un incendie après l’accident.",
        ),
        (
            "fr",
            "political-system",
            "Le Bureau politique et le Comité central ont reçu le Premier ministre et le gouvernement.",
        ),
        (
            "fr",
            "local",
            "Les villageois du hameau ont vu le comité populaire de la commune, et les habitants sont contents.",
        ),
        ("fr", "product", "Cette spécialité labellisée OCOP plaît au consommateur ; le prix de vente reste bas."),
        ("zh", "heritage", "博物馆展出文物，这项非物质文化遗产已列入教科文组织名录。"),
        ("zh", "figure", "这位诗人出生于顺化，人民艺术家为他画了一幅肖像，他的传记已出版。"),
        ("zh", "enterprise", "公司公布利润，股东满意；集团计划在证券交易所上市，企业营收增长。"),
        ("zh", "current-events", "台风引发洪水，救援人员赶到现场；事故造成火灾。"),
        ("zh", "political-system", "越共中央政治局召开会议，总书记和总理出席，国会通过决议。"),
        ("zh", "local", "村民参加新农村建设，乡人民委员会帮助当地居民。"),
        ("zh", "product", "这种特产获得OCOP认证，消费者喜欢，产品售价不高。"),
        (
            "ar",
            "heritage",
            "يحفظ المتحف هذا التراث الذي أدرجته اليونسكو، ويقام مهرجان للآثار في المدينة، والتراث حي.",
        ),
        ("ar", "figure", "ولد في هوي شاعر كبير، وكتب سيرة حياته رسام وروائي."),
        ("ar", "enterprise", "أعلنت الشركة أرباحًا وإيرادات كبيرة، واجتمع المساهمين في البورصة مع شركات أخرى."),
        ("ar", "current-events", "تسبب إعصار في فيضانات، وعملت فرق الإنقاذ بعد حادث أدى إلى حريق."),
        ("ar", "political-system", "اجتمع المكتب السياسي واللجنة المركزية، وحضر رئيس الوزراء والأمين العام."),
        ("ar", "local", "شارك القرويون في بناء الريف الجديد، وساعدت البلدية السكان المحليين."),
        ("ar", "product", "نال هذا المنتج شهادة OCOP، وهو من منتجات مميزة يحبها المستهلك، وسعر البيع منخفض."),
        (
            "tr",
            "heritage",
            "Müze, UNESCO listesindeki mirası koruyor; festivalde eski kalıntılar ve anıtlar gösteriliyor.",
        ),
        ("tr", "figure", "Şair Hue'de doğdu; ressam onun portresini yaptı, romancı biyografisini yazdı."),
        (
            "tr",
            "enterprise",
            "Şirket cirosunu açıkladı; hissedarlar memnun, girişim borsaya açılıyor, yatırımcılar bekliyor.",
        ),
        ("tr", "current-events", "Tayfun ve deprem kazalara yol açtı; kurtarma ekipleri yangına müdahale etti."),
        ("tr", "political-system", "Politbüro ve Merkez Komitesi toplandı; başbakan ve genel sekreter konuştu."),
        ("tr", "local", "Köylüler yeni kırsal programına katıldı; komün yönetimi yerel halkı dinledi."),
        ("tr", "product", "OCOP belgeli yöresel ürün tüketiciye ulaşıyor; perakende satış fiyatı düşük."),
        ("th", "heritage", "พิพิธภัณฑ์ดูแลมรดกที่ยูเนสโกขึ้นทะเบียน และมีเทศกาลโบราณวัตถุทุกปี"),
        ("ja", "current-events", "台風による洪水で事故が起き、救助隊が火災の現場に向かった。"),
        (
            "ko",
            "enterprise",
            "기업의 매출이 늘어 주주들이 만족했고, 회사는 증권거래소에 상장한다. 스타트업도 늘었다.",
        ),
        ("hi", "political-system", "पोलित ब्यूरो और केंद्रीय समिति की बैठक में प्रधानमंत्री और महासचिव शामिल हुए।"),
        ("de", "heritage", "Das Museum bewahrt das Kulturerbe, das die UNESCO zum Welterbe zählt."),
        ("el", "current-events", "Ο τυφώνας προκάλεσε πλημμύρες· οι διασώστες έσβησαν την πυρκαγιά μετά τον σεισμό."),
    ],
)
def test_a_section_is_suggested_by_the_words_of_the_language(language: str, section: str, text: str) -> None:
    found = section_of(text, WORDS.languages[language], SECTIONS)

    assert found is not None
    assert found.key == section


@pytest.mark.parametrize("language", SAMPLES)
def test_no_word_of_a_section_begins_a_small_word_of_its_language(language: str) -> None:
    words = WORDS.languages[language]
    stems = {stem for of_section in words.sections.words.values() for stem in of_section}
    small = set(words.detection.stop_words)

    assert (
        words.sections.anywhere
        or {
            (stem, word)
            for stem in stems - small
            for word in small
            if words.sections.inflected and word.startswith(stem)
        }
        == set()
    )


# --- the data ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", SAMPLES)
def test_a_languages_file_is_complete(language: str) -> None:
    words = WORDS.languages[language]

    assert set(words.frame.nav) == set(words.sections.words) == SECTIONS
    assert all(len(stems) >= 6 for stems in words.sections.words.values())
    assert all(
        stem == stem.lower() and 1 <= weight <= 3 for s in words.sections.words.values() for stem, weight in s.items()
    )
    assert words.detection.stop_words or words.detection.sequences
    assert len(words.dates.months) == 12
    assert len(words.dates.short_months) in (0, 12)
    assert all((words.frame.comment, words.frame.source, words.frame.same_section, words.frame.same_author))
    assert all((words.photos.credit, words.photos.label, words.dates.full, words.cleaning.no_space_before))


@pytest.mark.parametrize("language", SAMPLES)
def test_a_languages_file_is_in_nfc(language: str) -> None:
    path = Path(__file__).parents[3] / f"src/toasoan/ingest/words/{language}.toml"
    text = path.read_text("utf-8")

    assert unicodedata.normalize("NFC", text) == text
