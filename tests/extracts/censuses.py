"""Small censuses as XML text."""

from .handing import SAMPLE

DATA = SAMPLE.parents[1]
CIN, CSWW = DATA / "cin-census", DATA / "csww"


def header(collection="CIN", year="2026", day="2026-03-31", lea="999"):
    return (
        f"<Header><CollectionDetails><Collection>{collection}</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{day}</ReferenceDate></CollectionDetails>"
        f"<Source><SourceLevel>L</SourceLevel><LEA>{lea}</LEA></Source></Header>\n"
    )


def tags(**values):
    return "".join(f"<{name}>{value}</{name}>" for name, value in values.items())


def child(
    child_id="100", *details, who="<PersonBirthDate>2015-03-01</PersonBirthDate><Sex>F</Sex>", traits=""
):
    return (
        f"<Child>\n<ChildIdentifiers><LAchildID>{child_id}</LAchildID>{who}</ChildIdentifiers>\n"
        f"<ChildCharacteristics><Ethnicity>WBRI</Ethnicity>{traits}</ChildCharacteristics>\n"
        + "".join(details)
        + "</Child>\n"
    )


def details(referral="2025-06-02", inside="", nfa="false"):
    return (
        f"<CINdetails>\n<CINreferralDate>{referral}</CINreferralDate><ReferralSource>6</ReferralSource>"
        f"<PrimaryNeedCode>N1</PrimaryNeedCode>\n{inside}<ReferralNFA>{nfa}</ReferralNFA></CINdetails>\n"
    )


def census(*children, before="<?xml version='1.0' encoding='utf-8'?>\n", **head):
    return f"{before}<Message>\n{header(**head)}<Children>\n{''.join(children)}</Children>\n</Message>\n"


def worker(**values):
    given = {"AgencyWorker": "0", "SWENo": "SW0000012345", **values}
    return "<CSWWWorker>" + tags(**given) + "</CSWWWorker>\n"


def workforce(*workers, day="2026-09-30", year="2026", vacancies=""):
    head = header("CSWW", year, day)
    return f"<Message>\n{head}{vacancies}{''.join(workers)}</Message>\n"
