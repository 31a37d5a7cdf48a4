"""What is done beside answering."""

from threading import Event

from serving.follower import Follower


def test_job_that_hangs_keeps_no_other_waiting() -> None:
    done, never = Event(), Event()

    def hang() -> None:
        never.wait(30)

    follower = Follower([hang, done.set], 0.01)
    follower.start(0.2)
    assert done.wait(5)
    done.clear()
    assert done.wait(5)
    follower.close()
    never.set()


def test_job_that_fails_is_done_again() -> None:
    rounds, enough = [0], Event()

    def fail() -> None:
        rounds[0] += 1
        if rounds[0] == 3:
            enough.set()
        raise OSError("away")

    follower = Follower([fail], 0.01)
    follower.start(1)
    assert enough.wait(5)
    follower.close()


def test_first_round_is_over_when_the_start_returns() -> None:
    done = Event()
    follower = Follower([done.set], 60)
    follower.start(5)
    assert done.is_set()
    follower.close()
