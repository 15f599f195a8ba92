"""From a trained network to the files that the suite ships: ONNX with int8 weights."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from network import Classifier
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

INPUTS = ["input_ids", "attention_mask", "token_type_ids", "mention"]


def export(model: Classifier, folder: Path, settings: dict[str, object], int8: bool = True) -> None:
    """Write ``model.onnx`` and ``model.json``. The graph has the outputs ``logits`` and ``features``.

    Weights are 7 of 8 bits, a scale for each column: the sums then fit the arithmetic of processors
    with and without VNNI, so that both give the same.
    """
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "full.onnx"
    one = torch.ones((1, 8), dtype=torch.int64)
    axes = {name: {0: "batch", 1: "length"} for name in INPUTS}
    model.eval()
    torch.onnx.export(
        model,
        tuple(one for _ in INPUTS),
        full,
        input_names=INPUTS,
        output_names=["logits", "features"],
        dynamic_axes=axes | {"logits": {0: "batch"}, "features": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    if int8:
        quantize_dynamic(
            full, folder / "model.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
        full.unlink()
    else:
        full.replace(folder / "model.onnx")
    (folder / "model.json").write_text(json.dumps(settings, indent=2) + "\n", "utf-8")


def bare(base: str | Path, outputs: int) -> nn.Module:
    """The network with the base's weights and a head that knows nothing yet."""
    return Classifier(base, outputs)
