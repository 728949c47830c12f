"""What the cells of Annex A mean: its codes, with their letters or without, and words met instead."""

from __future__ import annotations

YES = {"yes": "Y", "y": "Y", "1": "Y", "true": "Y", "1.0": "Y"}
NO = {"no": "N", "n": "N", "0": "N", "false": "N", "0.0": "N"}
YES_NO = {**YES, **NO}
SEX = {"male": "M", "m": "M", "1": "M", "female": "F", "f": "F", "2": "F"}
CATEGORIES = {
    "neglect": "NEG",
    "likelihood of neglect": "NEG",
    "neg": "NEG",
    "physical abuse": "PHY",
    "physical": "PHY",
    "phy": "PHY",
    "sexual abuse": "SAB",
    "sexual": "SAB",
    "sab": "SAB",
    "emotional abuse": "EMO",
    "emotional": "EMO",
    "emo": "EMO",
    "multiple": "MUL",
    "multiple/not recommended": "MUL",
    "neglect physical": "MUL",
    "mul": "MUL",
}
STATUSES = {
    **dict.fromkeys(("looked after child", "cla", "lac", "cla&cp", "looked after"), "CLA"),
    **dict.fromkeys(("child protection plan", "cp", "cpp", "child protection"), "CP"),
    **dict.fromkeys(("child in need plan", "cin", "cin plan", "child in need"), "CIN"),
    **dict.fromkeys(("open assessment", "assessment"), "ASSESSMENT"),
    **dict.fromkeys(("closed episode", "closed", "closed - stepdown", "care leaver"), "CLOSED"),
}
ELIGIBILITY = {
    **dict.fromkeys(("relevant child", "relevant", "r"), "Relevant"),
    **dict.fromkeys(
        ("former relevant child", "former relevant", "fr", "former relevant 18-20"), "Former Relevant"
    ),
    **dict.fromkeys(("qualifying care leaver", "qualifying", "q"), "Qualifying"),
    **dict.fromkeys(("eligible", "eligible child", "e"), "Eligible"),
}
IN_TOUCH = {
    **dict.fromkeys(("yes", "y", "1 - yes, resident in the uk", "3 - yes, gone abroad"), "YES"),
    **dict.fromkeys(("no", "n"), "NO"),
    **dict.fromkeys(("died", "d"), "DIED"),
    **dict.fromkeys(("refu", "refused", "08 - young person refuses contact"), "REFU"),
    **dict.fromkeys(("nreq", "not required"), "NREQ"),
    **dict.fromkeys(("rhom", "returned home"), "RHOM"),
}
SEEN_ALONE_MEANS_SEEN = {**YES, "seen": "Y", "child not seen": "N", "not seen": "N"}
"""Who was seen alone was seen; "no" does not say whether the child was seen with others."""
PERMANENCE = {
    "return to family": "RETURNEV",
    "adoption": "ADOPTION",
    "sgo/cao": "LTRELFR",
    "supported living in the community": "SUPPLIV",
    "long-term residential placement": "RESPLMT",
    "long-term fostering": "LTFOST18",
    "other": "OTHERPLN",
}
