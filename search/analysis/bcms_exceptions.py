"""Words of Bosnian, Croatian, Montenegrin and Serbian that the word list mixes up, or of which it knows
too little."""

from __future__ import annotations

from typing import Final

# Nouns that look like a form of an adjective or a verb, and are far more frequent than it.
NOUNS: Final = frozenset(
    [
        "strana",
        "vlada",
        "igra",
        "osnova",
        "tajna",
        "pravda",
        "mera",
        "mjera",
        "kazna",
        "hrana",
        "obrana",
        "odbrana",
        "država",
        "snaga",
        "uprava",
        "zabava",
        "potreba",
        "zgrada",
        "žena",
        "voda",
        "kosa",
        "ruka",
        "glava",
        "rana",
        "nauka",
        "zora",
        "sela",
        "para",
        "moda",
        "ploča",
        "mina",
        "četa",
        "skupina",
        "granica",
        "zemlja",
        "nedelja",
        "nedjelja",
        "hrvatska",
        "srbija",
        "bosna",
        "crna",
        "pošta",
        "šteta",
        "brana",
        "briga",
        "boja",
        "sila",
        "volja",
        "vera",
        "vjera",
        "vlast",
        "slika",
        "kula",
        "ostava",
        "banka",
        "rada",
    ]
)

# Nouns that end as a past participle does.
NOT_PAST: Final = frozenset(
    [
        "delo",
        "djelo",
        "telo",
        "tijelo",
        "načelo",
        "selo",
        "čelo",
        "jelo",
        "krilo",
        "odelo",
        "odijelo",
        "vrelo",
        "zrcalo",
    ]
)

# Frequent words of which the list knows too little, or that it mixes up. An ending behind "-" is added to the
# stem before.
_HARD: Final = "- -a -o -e -i -u -og -oga -om -ome -omu -oj -ih -im -ima"
_SOFT_ENDINGS: Final = "-i -a -e -u -eg -ega -em -emu -om -oj -ih -im -ima"
FREQUENT: Final[dict[str, str]] = {
    "mito": "mito mita mitu",  # not *mititi*: *primanje mita* is in every law
    "pravilo": "pravilo pravila pravilu pravilom pravilima",  # not *praviti*
    "želeti": "žel -im -iš -i -imo -ite -e",
    "morati": "mora -m -š - -mo -te -ju",
    "trebati": "treba -m -š - -mo -te -ju",
    "napraviti": "napravi",
    "nastaviti": "nastavi",
    "utvrditi": "utvrdi",
    "odrediti": "odredi",
    "obezbediti": "obezbedi",
    "prihvatiti": "prihvati prihvate",
    "pisati": "piš -em -eš -e -emo -ete -u",
    "živeti": "živ -im -iš -imo -ite živi žive",
    "otići": "od -em -eš -e -emo -ete -u",
    "voditi": "vodi vodim vodiš vodimo vodite",
    "pomoć": "pomoć pomoći",
    "dobar": f"dobar dobr {_HARD[2:]} bolj {_SOFT_ENDINGS} najbolj {_SOFT_ENDINGS}",
    "velik": f"velik {_HARD} već -i -eg -ega -emu -ih -im -ima -oj -om najveć {_SOFT_ENDINGS}",
    "mali": f"mal {_HARD} malen {_HARD} manj {_SOFT_ENDINGS} najmanj {_SOFT_ENDINGS}",
    "više": "više najviše",
    "brz": f"brz {_HARD} brž {_SOFT_ENDINGS} najbrž {_SOFT_ENDINGS}",
    "širok": f"širok {_HARD} najšir {_SOFT_ENDINGS} šir -i -a -eg -em -ih -im -oj -u",
    "ceo": f"ceo cel {_HARD[2:]} cio cijel {_HARD}",
    "bivši": f"bivš {_SOFT_ENDINGS}",
    "ostali": f"ostal {_HARD[2:]}",
    "pravi": "prav -i -ih -im -og -oga -oj",
    "pravo": "prav -o -a -u -om -ima",
    "sam": "sama sami same samu samog samoga samom samoj samih samim samima",
    "samo": "samo",
    "prvi": f"prv {_HARD[2:]}",
    "treći": f"treć {_SOFT_ENDINGS}",
    "četvrti": f"četvrt {_HARD[2:]}",
    "peti": "pet -i -a -o -e -og -oga -om -oj -ih -im",
    "šesti": f"šest {_HARD[2:]}",
    "sedmi": f"sedm {_HARD[2:]}",
    "osmi": "osm -i -a -o -e -og -oga -om -oj -ih -im",
    "dete": "dete deteta detetu detetom dijete djeteta djetetu djetetom dec -a -e -i -u -om -o djec -a "
    "-e -i -u -om -o",
    "put": "put - -a -u -em -om -evi -eva -eve -evima -ovi -ova -ove -ovima",
    "rat": "rat - -a -u -om -ovi -ova -ove -ovima",
    "tim": "tim - -a -u -om -ovi -ova -ove -ovima",
    "dan": "dan - -a -u -om -i -e -ima",
    "skup": "skup - -a -u -om -ovi -ova -ove -ovima",
    "kup": "kup - -a -u -om",
    "jun": "jun - -a -u -om",
    "lipanj": "lipanj lipnj -a -u -em",
    "minuta": "minut - -a -e -i -u -om -ama -ima",
    "nemati": "nema -m -š - -mo -te -ju -o -la -lo -li -le -ti",
    "pratiti": "prat -i -im -iš -imo -ite -e",
    "pun": f"pun {_HARD}",
    "ran": "ran -i -ih -im -og -oga -ij -iji -ija -ije -ijih -ijim -ijoj -iju -ijeg",
    "čovek": "čovek - -a -u -om -e čovjek - -a -u -om -e ljud -i -ima -e",
    "premijer": "premijer - -a -u -om -i -e -ima",
    "tjedan": "tjedan tjed -na -nu -nom -ni -ana -ne -nima",
    "posao": "posao posl -a -u -om -ovi -ova -ove -ovima",
    "tema": "tem -a -e -i -u -om -ama",
    "osoba": "osob -a -e -i -u -om -ama -o",
    "teritorija": "teritorij - -a -e -i -u -om -em -ama -ima",
    "snimak": "snimak snimk -a -u -om -e snimci snimaka snimcima",
    "kosovo": "kosov -o -a -u -om",
    "zagreb": "zagreb - -a -u -om",
    "skoplje": "skoplj -e -a -u -em",
    "predsednik": "predsedni -k -ka -ku -kom -ce -ci -ke -cima",
    "umišljaj": "umišljaj - -a -u -em -i -e -ima",
    "zastareti": "zastare -ti -o -la -lo -li -le zastari zastarje -ti -la -lo -li -le zastario "
    "zastareva zastarijeva",
    "svest": "svest svesti svijest svijesti",
    "dug": f"dug - -ovi -ova -ove -ovima dulj {_SOFT_ENDINGS} najdulj {_SOFT_ENDINGS}",
}

# Far more often adverbs than the neuter of the adjective.
ADVERBS: Final = (
    "posebno osobito naročito obično nedavno često retko rijetko dugo konačno ukupno trenutno "
    "očigledno prethodno jedino dnevno godišnje mesečno mjesečno potpuno redovno redovito brzo teško "
    "lako jako malo puno mnogo rano kasno daleko visoko stvarno stalno zajedno direktno izravno lično "
    "navodno ponovno ponovo istovremeno istodobno značajno znatno izričito isključivo hitno snažno "
    "široko širom odlično generalno službeno zvanično dosledno dosljedno pažljivo otprilike uglavnom "
    "neposredno posredno naknadno dodatno prvenstveno tačno točno približno ozbiljno sigurno jasno "
    "dovoljno nužno neovisno nezavisno većinom djelimično delimično djelomično uspešno uspješno "
    "međusobno automatski praktično praktički odmah jednostavno intenzivno isto jednako minimalno "
    "maksimalno potencijalno relativno apsolutno ravnopravno"
)

# Nouns in -a that the list knows in part, or takes for a verb in the third person ("zaštite", "dodele").
ON_A: Final = (
    "dodela dodjela uplata isplata otplata naplata naknada nadoknada zamena zamjena razmena razmjena "
    "prijava odjava objava najava izjava dostava nastava obuka pouka poruka odluka provera provjera "
    "procena procjena ocena ocjena promena promjena primena primjena podrška potpora pretraga istraga "
    "prevara prijevara zloupotreba upotreba uporaba pojava obrada izrada dozvola dopuna izmena izmjena "
    "uspostava zaštita zabrana odbrana obrana predstava odredba naredba uredba ustanova molba žalba "
    "tužba optužba pravda usluga služba pretnja prijetnja osuda presuda rasprava isprava potvrda "
    "evidencija kontrola podela podjela isporuka suspenzija dobrobit nagrada kazna uplata priprema "
    "prepreka posledica posljedica razlika prilika pažnja sumnja radnja eurozona pozornica paralela"
)
