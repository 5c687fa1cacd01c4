"""One round of questions: begun at a replica of each shard, hedged when late, asked elsewhere on failure."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from ...errors import ShardBusyError, ShardUnavailableError, ShardVersionError
from .channel import Call, Channel, ReplicaBusy, ReplicaFailed
from .frames import NEVER, Kind, Reply, Status, pack_request
from .polling import numbers
from .questions import Limits, Question
from .replicas import Replica, Replicas

# A question that so many replicas died of, one after the other, is not asked of another one.
MOST_DEATHS = 3
_BREATH = 0.05


class Asking:
    """A round. `run` gives the answers of the shards that have answered, and leaves the others."""

    def __init__(
        self, replicas: Replicas, messages: Mapping[int, bytes], version: int, limits: Limits
    ) -> None:
        self._replicas, self._version, self._limits = replicas, version, limits
        self._open = {shard: Question(shard, message) for shard, message in messages.items()}
        self._answers: dict[int, bytes] = {}
        self.failed: list[Question] = []
        self.late: list[Question] = []

    def run(self) -> dict[int, bytes]:
        """Until all have answered, or cannot, or the time is over."""
        try:
            for question in list(self._open.values()):
                self._begin(question)
            while self._open:
                now = time.monotonic()
                if now >= self._limits.ends:
                    break
                self._step(now)
        finally:  # an interrupt, too, leaves nothing under way that would be taken for an answer
            for question in self._open.values():
                (self.failed if self._replicas.is_gone(question.shard, 0.0) else self.late).append(question)
                self._abandon(question)
        return self._answers

    def _step(self, now: float) -> None:
        """Wait for something to happen, and see to it."""
        under_way = {call: question for question in self._open.values() for call, _, _ in question.calls}
        left = max(0.0, self._until(now) - now)
        if under_way:
            channel: Channel = next(iter(self._open_calls()))[1].channel
            for call in channel.wait(list(under_way), None if left == NEVER else left):
                question = under_way[call]
                if question.shard in self._open and question.calls:  # else answered by the other of two
                    self._settle(question, call)
        else:
            with self._replicas.changed:
                self._replicas.changed.wait(left)
        now = time.monotonic()
        if now >= self._limits.ends:
            return
        for question in list(self._open.values()):
            if not question.calls:
                self._begin(question)
            elif now >= question.hedge_at:
                self._hedge(question, now)

    def _open_calls(self) -> Iterator[tuple[Call, Replica, float]]:
        return (call for question in self._open.values() for call in question.calls)

    def _until(self, now: float) -> float:
        """When to look again, if no reply comes."""
        until = self._limits.ends
        for question in self._open.values():
            until = min(until, question.hedge_at if question.calls else now + _BREATH)
        return until

    def _begin(self, question: Question) -> None:
        """Ask the next replica that can be asked; else wait for one, as long as patience lasts."""
        if self._try_replicas(question):
            return
        now = time.monotonic()
        if question.stuck_since is None:
            question.stuck_since = now
        patience = self._limits.patience
        is_gone = self._replicas.is_gone(question.shard, patience)
        if question.error is None and now - question.stuck_since < patience and not is_gone:
            question.was_at.clear()  # those that come back may be asked again
            question.num_busy = 0
            return
        del self._open[question.shard]
        self.failed.append(question)

    def _try_replicas(self, question: Question) -> bool:
        limits, now = self._limits, time.monotonic()
        while question.deaths < MOST_DEATHS:
            replica = self._replicas.choose(question.shard, self._version, question.was_at)
            if replica is None:
                self._diagnose(question)
                return False
            if self._call(question, replica):
                if limits.budget and not question.is_hedged and self._replicas.shards[question.shard][1:]:
                    question.hedge_at = now + self._replicas.latencies[question.shard].delay
                return True
        question.error = ShardUnavailableError
        return False

    def _call(self, question: Question, replica: Replica) -> bool:
        question.was_at.append(replica)
        number, now = next(numbers), time.monotonic()
        seconds = self._limits.ends - now
        frame = pack_request(Kind.ASK, number, self._version, seconds, question.message)
        try:
            call = replica.channel.begin(frame, number, seconds)
        except ReplicaBusy as error:
            self._busy(question, replica, str(error))
        except ReplicaFailed as error:
            self._over(question, replica, str(error))
            self._replicas.failed(replica, str(error))
        else:
            question.calls.append((call, replica, now))
            return True
        return False

    def _over(self, question: Question, replica: Replica, what: str) -> None:
        with self._replicas.changed:
            replica.in_flight -= 1
        if what:
            question.tried.append(f"{replica.name}: {what}")

    def _diagnose(self, question: Question) -> None:
        """Nobody is left to ask: is there reason to wait?"""
        known = self._replicas.shards[question.shard]
        up = [replica for replica in known if not replica.is_down]
        if not up:  # somebody may come back
            self._replicas.hurry(question.shard)
        elif not any(self._version in replica.versions or replica.versions[0] == 0 for replica in up):
            question.error = ShardVersionError  # whoever comes back has no older one
        elif question.num_busy and question.num_busy == len(question.was_at):
            question.error = ShardBusyError

    def _hedge(self, question: Question, now: float) -> None:
        """Ask a second replica, too: once. Without budget, or another replica, look again soon."""
        budget, shard = self._limits.budget, question.shard
        assert budget is not None
        question.hedge_at = NEVER
        replica = self._replicas.choose(shard, self._version, question.was_at)
        if replica is None:
            if len(self._replicas.shards[shard]) > len(question.calls):
                self._replicas.hurry(shard)
                question.hedge_at = now + max(_BREATH, self._replicas.latencies[shard].delay)
            return
        with self._replicas.changed:
            may = budget.spend(now)
        if may:
            question.is_hedged = self._call(question, replica)
        else:
            self._over(question, replica, "")
            question.hedge_at = now + 2 * self._replicas.latencies[shard].delay

    def _settle(self, question: Question, call: Call) -> None:
        """A reply has come, or there will be none."""
        index = next(i for i, each in enumerate(question.calls) if each[0] is call)
        _, replica, begun = question.calls.pop(index)
        try:
            reply = call.reply()
        except ReplicaFailed as error:
            question.deaths += error.had_request
            self._over(question, replica, str(error))
            self._replicas.failed(replica, str(error))
            return
        except ReplicaBusy as error:
            self._busy(question, replica, str(error))
            return
        self._replicas.heard(replica, reply.versions)
        if reply.status == Status.ANSWER:
            self._over(question, replica, "")
            replica.is_in_time()
            # Where a hedge was faster, the first call would have taken at least as long as since it began.
            begun = min([begun, *(earlier for _, _, earlier in question.calls)])
            self._replicas.latencies[question.shard].add(time.monotonic() - begun)
            self._answers[question.shard] = reply.message
            del self._open[question.shard]
            self._abandon(question)
        else:
            self._refused(question, replica, reply)

    def _busy(self, question: Question, replica: Replica, why: str) -> None:
        question.num_busy += 1
        replica.is_late(time.monotonic(), self._replicas.latencies[question.shard].delay)
        self._over(question, replica, f"busy: {why}")

    def _refused(self, question: Question, replica: Replica, reply: Reply) -> None:
        why = reply.message.decode(errors="replace")
        if reply.status == Status.BUSY:
            self._busy(question, replica, why)
            return
        name = {Status.OTHER_VERSION: "other version", Status.EXPIRED: "expired"}.get(Status(reply.status))
        self._over(question, replica, f"{name or 'failed'}: {why}")
        question.deaths += name is None  # a fault that another replica may have as well

    def _abandon(self, question: Question) -> None:
        """What is still under way is of no use; who has it was slower."""
        for call, replica, _ in question.calls:
            call.abandon()
            replica.is_late(time.monotonic(), self._replicas.latencies[question.shard].delay)
            self._over(question, replica, "no reply in time")
        question.calls.clear()
