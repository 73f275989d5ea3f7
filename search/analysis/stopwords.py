"""The small words of each family: forms that dictionaries confuse, and words that say nothing in a query.

Forms are in small letters with their diacritics (for the four BCMS languages in Latin letters).
"""

from __future__ import annotations

from typing import Final

from search.analysis import light_stemmers
from search.analysis.families import ALBANIAN, BCMS, ENGLISH, MACEDONIAN

_PRONOUNS_AND_VERBS: Final[dict[str, dict[str, str]]] = {
    BCMS: {
        "biti": "biti sam si je smo ste su jesam jesi jest jeste jesmo jesu nisam nisi nije nismo "
        "niste nisu nijesam nijesi nijesmo nijeste nijesu bio bila bilo bili bile budem budeš bude "
        "budemo budete budu bih bi bismo biste bit biće biću bićemo budući budi budite bijah bijaše "
        "bijahu bješe beše bejah bejahu",
        "hteti": "hteti htjeti htio hteo htela htjela htelo htjelo hteli htjeli htele htjele hoću "
        "hoćeš hoće hoćemo hoćete ću ćeš će ćemo ćete neću nećeš neće nećemo nećete",
        "moći": "moći moć mogu možeš može možemo možete mogao mogla moglo mogli mogle mogavši mogući",
        "taj": "taj ta to tog toga tom tome tomu te tu time ti tih toj",
        "ovaj": "ovaj ova ovo ovog ovoga ovom ovome ovomu ove ovu ovim ovime ovi ovih ovima ovoj",
        "onaj": "onaj ona ono onog onoga onom onome onomu one onu onim oni onih onima onoj",
        "on": "on njega njemu njim njime njen njoj nju njom njih njima ga mu im ih joj nj",
        "koji": "koji koja koje kojeg kojega kojem kojemu kojoj koju kojom kojim kojih kojima kog koga "
        "kom kome",
        "ja": "ja mene meni mnom mi me mnome",
        "mi": "nas nama",
        "vi": "vi vas vama",
        "sav": "sav sva sve svi svu svih svim svima svega svemu",
        "svoj": "svoj svoja svoje svoju svog svoga svom svome svojoj svojih svojim svojima svojom "
        "svojeg svojega svojem svojemu",
        "drugi": "drugi druga drugo druge drugog drugoga drugom drugome drugoj drugu drugih drugim drugima",
        "jedan": "jedan jedna jedno jednog jednoga jednom jednome jednoj jednu jedni jedne jednih "
        "jednim jednima",
        "njegov": "njegov njegova njegovo njegove njegovi njegovu njegovog njegovoga njegovom njegovoj "
        "njegovim njegovih",
        "što": "što šta čega čemu čime čim",
        "tko": "tko ko",
    },
    MACEDONIAN: {
        "сум": "сум си е сме сте се беше беа бев бевме бил била било биле бидам бидеш биде бидеме "
        "бидете бидат",
        "тој": "тој таа тоа тие него неа нив го ја ги му ѝ им нему нејзе ним",
        "овој": "овој оваа ова овие",
        "оној": "оној онаа она оние",
        "кој": "кој која кое кои кого кому што",
        "може": "може можам можеш можеме можете можат можел можела можело можеле можеше можеа",
        "сиот": "сиот сета сето сите",
        "еден": "еден една едно едни",
        "друг": "друг друга друго други другиот другата другото другите",
    },
    ALBANIAN: {
        "jam": "jam je është jemi jeni janë isha ishe ishte ishim ishit ishin qenë qenka qofshin qoftë qeshë",
        "kam": "kam ke ka kemi keni kanë kisha kishe kishte kishim kishit kishin pasur patur pata pati "
        "paskej paskam kesh ketë",
        "ky": "ky këtij këtë këta këtyre",
        "kjo": "kjo kësaj këto këtyre",
        "ai": "ai atij atë ata atyre",
        "ajo": "ajo asaj ato",
        "unë": "unë mua",
        # *Me* (with) and *më* (more, me) say nothing alone, and most people type one for the other; so with
        # *se* below.
        "me": "me më",
        "ne": "ne neve na",
        "im": "im time tim imja ime sime tyre",
        "cili": "cili cila cilin cilën cilen cilit cilës ciles cilët cilet cilat cilëve cileve cilave",
        "i": "i e të së se",
        "tjetër": "tjetër tjetrit tjetrin tjetrën tjetrës tjerë tjera tjerët tjerat tjerëve tjerave",
        "them": "them thua thotë themi thoni thonë tha thashë thanë thënë thoshte thoshin",
        "duhet": "duhet duhej duhen",
    },
    ENGLISH: {
        "be": "be am is are was were been being",
        "have": "have has had having",
        "do": "do does did done doing",
        "can": "can could",
        "will": "will would",
        "he": "he him his",
        "she": "she her hers",
        "they": "they them their theirs",
        "we": "we us our ours",
        "I": "i me my mine",
        "this": "this these",
        "that": "that those",
    },
}

_SILENT: Final[dict[str, str]] = {
    BCMS: "a ali ako ako bez da dok do ga i iako ili iz iza je jer još kad kada kako kao kod kroz li "
    "među međutim mimo na nad nakon ne nego ni nije o od oko osim po pod pored pre pred prema preko "
    "pri prije radi s sa samo se sebe stoga te tako također takođe tokom tijekom u uz uključujući "
    "usled za zbog čim što šta",
    MACEDONIAN: "а ако без в ва во го да дека до ама и или из за зад заради како кај кон кога ли ме "
    "меѓу на над не ниту но ни низ о од околу освен па по под поради пред преку при се со само сè така "
    "тоа туку уште ќе",
    ALBANIAN: "a apo as dhe e ku kur kundër më me mbi mos në nën nga nëse o ose pa për pas pasi po por "
    "prej që se si sipas te tek të u ndaj ndër midis ndërmjet gjatë edhe do",
    ENGLISH: "a about after all also an and any as at before between both but by during each for from "
    "how if in into it its may must no nor not of on or other over shall should so some such than the "
    "then there through to under until up upon what when where which while who whom with within without",
}


def closed_forms(family: str) -> dict[str, str]:
    """Form to lemma of the words that are told here once and for all."""
    words = _PRONOUNS_AND_VERBS.get(family, {})
    return {form: lemma.lower() for lemma, forms in words.items() for form in forms.split()}


def silent_forms(family: str) -> frozenset[str]:
    """The forms that are left out of a query as long as it has others."""
    words = _SILENT.get(family) or light_stemmers.SILENT.get(family, "")
    return frozenset(words.split()) | closed_forms(family).keys()
