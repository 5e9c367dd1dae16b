"""How words are inflected, as far as a search has to know: endings, and what changes before them.

Light and language by language, after the grammar's paradigms. A word that is typed matches another one if both have
the same stem and the other one ends like one of these; nothing is stemmed in the index, so these rules can be changed
without making it anew. Languages that are not named here do without: prefixes serve them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Inflection(NamedTuple):
    """The endings of a language, and what may change in the stem before them."""

    endings: tuple[str, ...] = ()
    """Of nouns, adjectives and verbs."""

    changes: tuple[tuple[str, str], ...] = ()
    """Regular expressions with replacements, each of which gives another form of a stem."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SLAVIC_CONSONANTS = "[бвгджзклмнпрстфхцчшщ]"

_UKRAINIAN = Inflection(
    _words(
        "а я у ю і ї и е є о ь й ою ею єю ам ям ом ем єм ами ями ах ях ів їв ей ові еві єві ий ій ого його "
        "ому йому им їм іх их їх ими їми ої єї ую юю ая яя еє та ть ти в ла ло ли ся сь ться тись тися ння "
        "нню нням ні но ський ська ське ські ського ською ському ських ським ськими цький цька цьке цькі "
        "цького цькому цьких"
    ),
    (
        (f"і({_SLAVIC_CONSONANTS})$", "о\\1"), (f"і({_SLAVIC_CONSONANTS})$", "е\\1"),
        (f"[ое]({_SLAVIC_CONSONANTS})$", "і\\1"), ("[ое]([бвгджзклмнпрстфхцчшщ])$", "\\1"),
        ("(.)([кцнлр])$", "\\1о\\2"), ("(.)([кцнлр])$", "\\1е\\2"),
        ("к$", "ц"), ("ц$", "к"), ("г$", "з"), ("з$", "г"), ("х$", "с"), ("к$", "ч"), ("ч$", "к"),
        ("иів$", "иєв"), ("иєв$", "иів"),
    ),
)  # fmt: skip

_RUSSIAN = Inflection(
    _words(
        "а я у ю и ы е о ь й ой ей ою ею ам ям ом ем ами ями ах ях ов ев ий ый ого его ому ему ым им ых их "
        "ыми ими ая яя ое ее ие ые ую юю ия ию ии ием иями иях ть ти л ла ло ли ся сь ет ют ит ят ние ния нию "
        "нием ский ская ское ские ского скому ской скую ских ским скими ском цкий цкая цкого цком цкие"
    ),
    (
        (f"[оеё]({_SLAVIC_CONSONANTS})$", "\\1"), ("(.)([кцнлр])$", "\\1о\\2"), ("(.)([кцнлр])$", "\\1е\\2"),
        ("к$", "ч"), ("ч$", "к"), ("г$", "ж"), ("ж$", "г"),
    ),
)  # fmt: skip

_POLISH = Inflection(
    _words(
        "a i y e o u ie iu ia io em iem om ow owi owie ami iami ach iach ej iej ego iego emu iemu ym im ych "
        "ich ymi imi oscia osci osc anie ania aniu aniem enie enia eniu eniem ski ska skie skiego skiemu skim "
        "skiej skich cki cka ckie ckiego ckiej ckich c l la lo li ly"
    ),
    (
        ("e([cklnr])$", "\\1"), ("ie([cklnr])$", "\\1"), ("(.)([cklnr])$", "\\1e\\2"), ("k$", "c"), ("c$", "k"),
        ("g$", "dz"), ("r$", "rz"), ("rz$", "r"), ("t$", "c"), ("d$", "dz"), ("st$", "sc"), ("ia(.)$", "ie\\1"),
        ("ie(.)$", "ia\\1"), ("o(.)$", "e\\1"), ("ch$", "sz"), ("i$", ""),
    ),
)  # fmt: skip

_CZECH = Inflection(
    _words(
        "a e i o u y ou em im um am ech ich ach ami emi imi ovi ove ej ejsi eho iho emu imu ym ymi ych ne ni "
        "nim nich nimu sky ska ske skeho skemu skou skych skym skymi cky cka cke ckeho ckem ckou ckych ost "
        "osti ostem t l la lo li ly ani anim eni enim"
    ),
    (
        ("e([cklnrvm])$", "\\1"), ("(.)([cklnrv])$", "\\1e\\2"), ("k$", "c"), ("c$", "k"), ("h$", "z"), ("z$", "h"),
        ("ch$", "s"), ("u(.)$", "o\\1"), ("o(.)$", "u\\1"), ("ou(.)$", "u\\1"),
        ("u(.)$", "ou\\1"), ("sk$", "st"), ("st$", "sk"),
    ),
)  # fmt: skip

INFLECTIONS: Mapping[str, Inflection] = {
    "uk": _UKRAINIAN,
    "ru": _RUSSIAN,
    "pl": _POLISH,
    "cs": _CZECH,
    "en": Inflection(
        _words("s es ed d ing er ers ly al ies y ied ier est ion ions"),
        (("([^aeiou])y$", "\\1i"), ("i$", "y"), ("(.)\\1$", "\\1"), ("f$", "v"), ("v$", "f"), ("man$", "men"),
         ("men$", "man")),
    ),
    "de": Inflection(
        _words("e en er es em n s ern st t et te ten ung ungen lich liche lichen isch ische ischen ischer"),
        (("a([^aeiou]+)$", "ae\\1"), ("ae([^aeiou]+)$", "a\\1"), ("ss$", "s")),
    ),
    "fr": Inflection(
        _words(
            "s e es x ee ees er ez ent ait aient ant ment ion ions al ale ales aux if ive ifs ives en enne ens "
            "ennes ien ienne iens iennes"
        ),
        (("al$", "au"), ("au$", "al")),
    ),
    "es": Inflection(
        _words("s es o a os as e ado ada ados adas ido ida ar er ir ando iendo mente cion ciones"),
        (("z$", "c"), ("c$", "z")),
    ),
    "pt": Inflection(
        _words(
            "s es o a os as e ado ada ados adas ido ida ar er ir ando endo mente cao coes ao oes aes al ais el "
            "eis l is m ns"
        ),
        (("a$", "o"),),
    ),
    "it": Inflection(
        _words("o a i e he hi io ia ie ii ato ata ati ate ito ita iti ite are ere ire ando endo mente zione zioni"),
        (("c$", "ch"), ("ch$", "c"), ("g$", "gh"), ("gh$", "g")),
    ),
    "nl": Inflection(
        _words("e en s n er ers t te ten de den d je jes ing ingen"),
        (("([aeiou])\\1([^aeiou])$", "\\1\\2"), ("([aeiou])([^aeiou])$", "\\1\\1\\2"), ("(.)\\1$", "\\1"),
         ("v$", "f"), ("f$", "v"), ("z$", "s"), ("s$", "z")),
    ),
    "sv": Inflection(
        _words("a ar er or en et n t na an s ens ets arna erna orna ade at ad ande aren arens nas arnas"),
        (("([^aeiou])([lnr])$", "\\1e\\2"), ("e([lnr])$", "\\1")),
    ),
    "no": Inflection(
        _words("e er en et a n t ene ne s ens ets enes te ede ende"),
        (("([^aeiou])([lnr])$", "\\1e\\2"), ("e([lnr])$", "\\1"),
         ("a([^aeiou]+)$", "e\\1"), ("e([^aeiou]+)$", "a\\1")),
    ),
    "ro": Inflection(
        _words(
            "a e i u ul ului ua le lor ilor elor ii ei iei iile ile uri urile urilor ea eaua la lui or at ata ati "
            "ate"
        ),
        (("ea(.)$", "e\\1"), ("oa(.)$", "o\\1"), ("d$", "z"), ("z$", "d")),
    ),
    "tr": Inflection(
        _words(
            "i u e a si su in un nin nun yi yu ye ya de da te ta den dan ten tan ler lar leri lari lerin larin "
            "inde unda inden undan ine una ini unu inin unun lerde larda lerden lardan lerinde larinda lerini "
            "larini im um imiz umuz le la yle yla ne na nde nda nden ndan ki li lu siz suz"
        ),
        (("g$", "k"), ("k$", "g"), ("b$", "p"), ("p$", "b"), ("d$", "t"), ("t$", "d")),
    ),
    "el": Inflection(
        _words("α ασ η ησ ο οσ ου ον οι ουσ ων εσ ε ι ια ιασ ιων ισ ιδα μα ματοσ ματα ματων εισ εωσ εων ει ιο ιου"),
    ),
    "id": Inflection(
        _words("nya kan an i lah kah ku mu"),
    ),
    "ms": Inflection(
        _words("nya kan an i lah kah ku mu"),
    ),
    "hi": Inflection(
        _words("ा ी े ें ों ो ि ियों ियाँ ियां ियं ाओं ओं एं एँ"),
    ),
    "bn": Inflection(
        _words("র ের এর কে তে ে য় টি টা গুলি গুলো দের রা েরা ও ই "),
    ),
    "fa": Inflection(
        _words("ها های هاي هايي ي اي ان ات م ش"),
    ),
    "ur": Inflection(
        _words("وں یں يں ے ي ا ه وں ون"),
    ),
    "ar": Inflection(
        _words("ه ها هم ات ان ون ين ي ية يه تين تان نا ك كم ا"),
    ),
    "he": Inflection(
        _words("ימ ות ה י ית ת יה ו נו"),
    ),
}  # fmt: skip
