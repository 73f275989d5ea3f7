"""One token for a word that the standards of Serbia, Montenegro, Bosnia and Herzegovina and Croatia call
differently.

Whoever types *kazneno djelo* means *krivično delo* as well: the four languages are read as one, and
their laws say the same in words of their own. Each line of a subject holds groups parted by commas; the
words of a group, parted by "=", stand for the same thing in nearly every sentence. Words that mean
something else in another standard (*lice*: a person, a face), or that stand beside each other in one,
are left out. Spelling and ekavian are told in `spelling`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

_COURT: Final = (
    "krivični=kazneni, krivičnopravni=kaznenopravni, sudija=sudac, tužilac=tužitelj, branilac=branitelj, "
    "advokat=odvjetnik, advokatura=odvjetništvo, učinilac=počinitelj=počinilac, izvršilac=izvršitelj, "
    "saizvršilac=supočinitelj, podstrekač=poticatelj, oštećeni=oštećenik, okrivljeni=okrivljenik, "
    "osumnjičeni=osumnjičenik, osuđeni=osuđenik, hapšenje=uhićenje, uhapsiti=uhititi, uhapšenik=uhićenik, "
    "istražilac=istražitelj, ubistvo=ubojstvo, ubica=ubojica, samoubistvo=samoubojstvo, prinuda=prisila, "
    "falsifikovanje=krivotvorenje, falsifikovati=krivotvoriti, protivpravan=protupravan, "
    "protivzakonit=protuzakonit, protivustavan=protuustavan, krivica=krivnja, nehat=nehaj, "
    "uračunljivost=ubrojivost, neuračunljivost=neubrojivost, uračunljiv=ubrojiv, neuračunljiv=neubrojiv, "
    "sticaj=stjecaj, sticanje=stjecanje, pravnosnažan=pravomoćan=pravosnažan, "
    "pravnosnažnost=pravomoćnost=pravosnažnost, zastarelost=zastara, olakšavajući=olakotan, "
    "otežavajući=otegotan, polni=spolni, zloupotreba=zlouporaba=zloporaba, zloupotrebiti=zlouporabiti, "
    "upotreba=uporaba, upotrebiti=uporabiti, testament=oporuka=zaveštanje, zaveštalac=oporučitelj, "
    "nepokretnost=nekretnina, svojina=vlasništvo, susvojina=suvlasništvo, državina=posjed, "
    "držalac=posjednik, poverilac=vjerovnik, potraživanje=tražbina, jemac=jamac, "
    "garancija=jamstvo=jemstvo, podsticanje=poticanje, podsticati=poticati, "
    "podstaći=potaknuti=podstaknuti, neovlašćen=neovlašten, dozvoljen=dopušten, nedozvoljen=nedopušten, "
    "naređenje=zapovijed, narediti=zapovjediti, potčinjeni=podređeni, pretpostavljeni=nadređeni, "
    "pronalazak=izum, pronalazač=izumitelj, pronalazački=izumiteljski"
)
_STATE: Final = (
    "bezbednost=sigurnost, bezbednosni=sigurnosni, odbrana=obrana, odbrambeni=obrambeni, lični=osobni, "
    "ličnost=osobnost, stanovništvo=pučanstvo, pasoš=putovnica, inostranstvo=inozemstvo, "
    "inostrani=inozemni, poreklo=podrijetlo, budžet=proračun, budžetski=proračunski, taksa=pristojba, "
    "sekretar=tajnik, sekretarijat=tajništvo, direkcija=ravnateljstvo, funkcioner=dužnosnik, "
    "glasanje=glasovanje, glasati=glasovati, štab=stožer, oficir=časnik, komandant=zapovjednik, "
    "komisija=povjerenstvo, odeljenje=odjel, sistem=sustav, sistemski=sustavni, učesnik=sudionik, "
    "učestvovati=sudjelovati, učestvovanje=sudjelovanje=učešće, saradnja=suradnja, sarađivati=surađivati, "
    "saradnik=suradnik, saglasnost=suglasnost, saglasan=suglasan, prisustvo=nazočnost, prisutan=nazočan, "
    "saopštenje=priopćenje, saopštiti=priopćiti, izveštaj=izvješće, izvestilac=izvjestitelj, "
    "obaveštenje=obavijest, uslov=uvjet, uslovni=uvjetni, usloviti=uvjetovati, obaveza=obveza, "
    "obavezan=obvezni, obavezati=obvezati, ovlašćenje=ovlast=ovlaštenje, ovlastiti=ovlašćen=ovlašten, "
    "efikasan=učinkovit, efikasnost=učinkovitost, sprovođenje=provedba=provođenje, sprovesti=provesti, "
    "sprovoditi=provoditi, zagađenje=onečišćenje, zagaditi=onečistiti, nabavka=nabava, konkurs=natječaj, "
    "produžiti=produljiti, birač=glasač, birački=glasački, uticaj=utjecaj, uticati=utjecati, "
    "spoljni=vanjski, unutrašnji=unutarnji, snabdevanje=opskrba, snabdevati=opskrbljivati, "
    "fondacija=zaklada, izuzetak=iznimka, izuzetan=iznimni, stepen=stupanj, procenat=postotak, "
    "sopstveni=vlastiti, opština=općina, opštinski=općinski, tačan=točan, netačan=netočan, "
    "tačnost=točnost, municija=streljivo, protest=prosvjed, protestovati=prosvjedovati, udruženje=udruga, "
    "preduzeti=poduzeti, preduzimati=poduzimati, istovremen=istodoban"
)
_LIFE: Final = (
    "porodica=obitelj, porodični=obiteljski, staralac=skrbnik=staratelj, starateljstvo=skrbništvo, "
    "usvojenje=posvojenje, usvojilac=posvojitelj=usvojitelj, hranitelj=udomitelj, "
    "hraniteljstvo=udomiteljstvo, maloletan=malodoban, domaćinstvo=kućanstvo, vaspitanje=odgoj, "
    "vaspitni=odgojni, vaspitač=odgojitelj, obrazovanje=izobrazba=naobrazba, nauka=znanost, "
    "naučni=znanstveni, naučnik=znanstvenik, istorija=povijest, istorijski=povijesni, penzija=mirovina, "
    "penzijski=mirovinski=penzioni, penzioner=umirovljenik, lekar=liječnik, lekarski=liječnički, "
    "apoteka=ljekarna, vakcina=cjepivo, muzika=glazba, pozorište=kazalište, štampa=tisak, "
    "štampati=tiskati, hleb=kruh, fudbal=nogomet, saobraćajni=prometni, voz=vlak, avion=zrakoplov, "
    "vazduh=zrak, vazdušni=zračni, privreda=gospodarstvo, privredni=gospodarski, preduzeće=poduzeće, "
    "preduzetnik=poduzetnik, fabrika=tvornica, plata=plaća, akcionar=dioničar, akcionarski=dionički, "
    "ponuđač=ponuditelj, odsustvo=dopust, zanatlija=obrtnik, računar=računalo, računarski=računalni, "
    "takmičenje=natjecanje, takmičar=natjecatelj, ishrana=prehrana, porođaj=porod, mašina=stroj, "
    "elektronski=elektronički, lozinka=zaporka, ekran=zaslon, kvalitet=kvaliteta=kakvoća, hiljada=tisuća, "
    "kupovina=kupnja, prodavac=prodavatelj, podnosilac=podnositelj, nosilac=nositelj, davalac=davatelj, "
    "primalac=primatelj, prijavilac=prijavitelj, prevodilac=prevoditelj, "
    "rukovodilac=rukovoditelj=voditelj, gledalac=gledatelj, čitalac=čitatelj, slušalac=slušatelj, "
    "januar=siječanj, februar=veljača, mart=ožujak, april=travanj, maj=svibanj, jun=lipanj=juni, "
    "jul=srpanj=juli, avgust=kolovoz=august, septembar=rujan, oktobar=listopad, novembar=studeni, "
    "decembar=prosinac"
)

#: The words of each group, the one that stands for all first.
GROUPS: Final = tuple(
    tuple(word.strip() for word in group.split("="))
    for subject in (_COURT, _STATE, _LIFE)
    for group in subject.split(",")
)


def unified(
    lemmas: Mapping[str, str], stems: Mapping[str, str], token: Callable[[str], str]
) -> tuple[dict[str, str], dict[str, str]]:
    """A table's forms and stems, with one token for the words of a group. ``token`` says what a word
    comes to by them so far."""
    same: dict[str, str] = {}
    for first, *others in GROUPS:
        for other in others:
            same[token(other)] = token(first)
    for first, *_ in GROUPS:
        same.pop(token(first), None)
    mapped = {form: same.get(lemma, lemma) for form, lemma in lemmas.items()}
    # What is guessed comes to its stem where that leads to no lemma.
    return mapped, same | {stem: same.get(lemma, lemma) for stem, lemma in stems.items()}
