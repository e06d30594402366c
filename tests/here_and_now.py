"""Work done at once in the test's own process, where a run has processes of its own."""

from concurrent.futures import Future

from workbook.batch.capacity import MemoryGate


class HereAndNow:
    """Does what is asked at once."""

    jobs = 1
    lost = ""

    def remarks(self):
        return ()

    def gate(self):
        return MemoryGate(self.jobs)

    def submit(self, work, task):
        done = Future()
        try:
            done.set_result(work(task))
        except Exception as error:
            done.set_exception(error)
        return done

    def stop(self):
        pass
