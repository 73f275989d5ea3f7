"""The structure of TBX and TMX files, written for these tests by their specifications."""

from __future__ import annotations

from io import StringIO

from lxml import etree

TMX = etree.DTD(
    StringIO("""
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang NMTOKEN #REQUIRED>
<!ELEMENT seg (#PCDATA)>
<!ELEMENT note (#PCDATA)>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED>
""")
)
TBX = etree.DTD(
    StringIO("""
<!ELEMENT tbx (tbxHeader, text)>
<!ATTLIST tbx type (TBX-Basic) #REQUIRED style (dca) #REQUIRED xml:lang NMTOKEN #REQUIRED>
<!ELEMENT tbxHeader (fileDesc)>
<!ELEMENT fileDesc (publicationStmt?, titleStmt?, sourceDesc)>
<!ELEMENT titleStmt (title)>
<!ELEMENT title (#PCDATA)>
<!ELEMENT publicationStmt (p+)>
<!ELEMENT sourceDesc (p+)>
<!ELEMENT p (#PCDATA)>
<!ELEMENT text (body)>
<!ELEMENT body (conceptEntry+)>
<!ELEMENT conceptEntry (langSec+)>
<!ATTLIST conceptEntry id ID #REQUIRED>
<!ELEMENT langSec (descripGrp*, termSec+)>
<!ATTLIST langSec xml:lang NMTOKEN #REQUIRED>
<!ELEMENT descripGrp (descrip)>
<!ELEMENT descrip (#PCDATA)>
<!ATTLIST descrip type (definition) #REQUIRED>
<!ELEMENT termSec (term, termNote*)>
<!ELEMENT term (#PCDATA)>
<!ELEMENT termNote (#PCDATA)>
<!ATTLIST termNote type (administrativeStatus) #REQUIRED>
""")
)


def tmx_problems(data: bytes) -> list[str]:
    return _problems(TMX, data)


def tbx_problems(data: bytes) -> list[str]:
    return _problems(TBX, data)


def _problems(dtd: etree.DTD, data: bytes) -> list[str]:
    # A DTD knows no namespaces: an element is what its name says.
    root = etree.fromstring(data)
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    etree.cleanup_namespaces(root)
    dtd.validate(root)
    return [str(one) for one in dtd.error_log]
