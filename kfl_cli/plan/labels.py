"""What readers of a plan call a region, a role, the responsible and the audience: «Kommune» in place of «Region»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.language.translator import Translator

if TYPE_CHECKING:
    from kfl_cli.text.kinds import Sentence


class Labels(Struct, frozen=True):
    """The author's words in place of kfl's; None keeps those. They are the same in every language."""

    region: Sentence | None = None
    role: Sentence | None = None
    responsible: Sentence | None = None
    audience: Sentence | None = None

    def translator(self, language: str) -> Translator:
        """Return the translator of a language in which these words stand in place of kfl's own."""
        say = Translator(language)
        own: dict[str, str] = {}
        if self.region:
            own |= {"Region": self.region, "Only one region": self.region, "all regions": say.text("all")}
        if self.role:
            own |= {"Role": self.role, "Only one party": self.role}
        if self.responsible:
            nobody = f"{self.responsible}: {say.text('none')}"
            own |= {"Responsible": self.responsible, "Nobody answers for": nobody, "nobody answers for it": nobody}
        if self.audience:
            own |= {"Audience": self.audience, "no audience": f"{self.audience}: {say.text('none')}"}
        return Translator(language, tuple(own.items()))
