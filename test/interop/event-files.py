"""TensorBoard's own code beside ours.

    python event-files.py write FILE     # the fixture: two records by TensorBoard's RecordWriter and Event messages
    python event-files.py read FOLDER    # every scalar below a folder as TensorBoard reads it, as JSON
"""

import json
import sys
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter


def write(path: str) -> None:
    def values(scalars: dict) -> summary_pb2.Summary:
        return summary_pb2.Summary(
            value=[summary_pb2.Summary.Value(tag=tag, simple_value=value) for tag, value in scalars.items()]
        )

    with open(path, "wb") as file:
        writer = RecordWriter(file)
        for event in (
            event_pb2.Event(wall_time=1767322800.25, file_version="brain.Event:2"),
            event_pb2.Event(wall_time=1767322801.5, step=1, summary=values({"train/reward": 0.1, "train/kl": -2.5})),
            event_pb2.Event(wall_time=1767322999, step=5_000_000_000, summary=values({"train/größe": 1e-30})),
        ):
            writer.write(event.SerializeToString(deterministic=True))
        writer.flush()


def read(folder: str) -> None:
    runs = {}
    for path in sorted({file.parent for file in Path(folder).rglob("*tfevents*")}):
        accumulator = EventAccumulator(str(path), size_guidance={"scalars": 0})
        accumulator.Reload()
        runs[path.name] = {
            tag: [[each.wall_time, each.step, each.value] for each in accumulator.Scalars(tag)]
            for tag in accumulator.Tags()["scalars"]
        }
    print(json.dumps(runs))


{"write": write, "read": read}[sys.argv[1]](sys.argv[2])
