"""How a remote index asks: a request, its answer, and what is raised where it is refused."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from ..asking import Asking
from ..errors import ServerError
from ..schema import Schema
from ..search.results import Results
from ..search.timing import checked_timeout
from .found import Body, Question, results, unreadable
from .problems import is_answer
from .twin import Twin

if TYPE_CHECKING:
    from ..search.searcher import Searcher

T = TypeVar("T")


class Requests(Asking):
    """What the questions of a remote index have in common."""

    @abstractmethod
    def _get(self, path: str) -> Any:
        """The answer to a GET."""

    @abstractmethod
    def _post(self, path: str, body: Body, missing: str = "") -> Any:
        """The answer to a question with a body. missing: the kind of refusal that is None."""

    @abstractmethod
    def _schema_of(self, answer: Body) -> Schema:
        """The fields of the index that answered."""

    @property
    @abstractmethod
    def _fingerprint(self) -> str:
        """Of the fields that are known; "" for none."""

    @property
    @abstractmethod
    def _rules(self) -> Mapping[str, str]:
        """The fingerprints of the server's analyzers, by field."""

    @property
    def _searcher(self) -> Searcher:
        return Twin(self.schema)._searcher

    def _checked(self, ask: Callable[[], T], here: Callable[[Asking], object]) -> T:
        """What `ask` gives.

        What cannot be sent, or makes no request, an index without documents refuses in its own words.
        """
        try:
            return ask()
        except (TypeError, ValueError, OverflowError, RecursionError, AttributeError, KeyError) as error:
            if is_answer(error):
                raise
            here(Twin(self.schema))
            if isinstance(error, (TypeError, AttributeError, KeyError)):
                raise unreadable(error) from error
            raise
        except ServerError as error:
            if error.status == 400:
                here(Twin(self.schema))
            raise

    def _results(
        self, path: str, query: object, body: Body, keep: Collection[str], facets: Any = ()
    ) -> Results:
        checked_timeout(body["timeout"])
        question = Question(
            lambda sent: dict(self._post(path, sent)),
            {**body, "schema": self._fingerprint},
            keep,
            body["timeout"],
        )
        answer = question.whole()
        return results(answer, self._schema_of(answer), query, question, facets, self._rules)
