#!/usr/bin/env python3
"""Writes trained weights as `ita_extract/vision/reader.onnx`: half precision on disk, full precision when it runs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts")]

from train_reader.damage import SEEN_ABOVE, SEEN_BELOW  # noqa: E402
from train_reader.network import COLUMNS_PER_FRAME, HEIGHT, LineNetwork  # noqa: E402
from train_reader.signs import SIGNS  # noqa: E402

_LEAST = 64
"""Numbers in an array from which it is worth halving."""


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with its weights in half precision, each turned back by a Cast that is done once when it is loaded."""
    casts = []
    for weight in model.graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype == np.float32 and values.size >= _LEAST:
            name = weight.name
            weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
            casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


def main() -> None:
    """Exports `reader.pt`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "ita_extract" / "vision" / "reader.onnx")
    arguments = parser.parse_args()
    network = LineNetwork(len(SIGNS) + 1)
    network.load_state_dict(torch.load(arguments.weights))
    network.eval()
    torch.onnx.export(
        network,
        (torch.zeros(1, 1, HEIGHT, 640),),
        str(arguments.out),
        dynamo=False,
        opset_version=17,
        input_names=["ink"],
        output_names=["scores"],
        dynamic_axes={"ink": {0: "lines", 3: "columns"}, "scores": {0: "lines", 1: "frames"}},
    )
    model = halved(onnx.load(arguments.out))
    told = {
        "signs": SIGNS,
        "rows": HEIGHT,
        "above": SEEN_ABOVE,
        "below": SEEN_BELOW,
        "columns_per_frame": COLUMNS_PER_FRAME,
    }
    helper.set_model_props(model, {"reader": json.dumps(told, ensure_ascii=False)})
    onnx.checker.check_model(model)
    onnx.save(model, arguments.out)


if __name__ == "__main__":
    main()
