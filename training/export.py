"""From a trained network to the files that the suite ships: ONNX with int8 weights."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import torch
from network import STANCES, Classifier
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

INPUTS = ["input_ids", "attention_mask", "token_type_ids", "mention"]
OUTPUTS = ["logits", "polarity", "features"]
FLOAT = 1
"""ONNX's number for 32-bit floats."""


def export(model: Classifier, folder: Path, settings: dict[str, object]) -> None:
    """Write ``model.onnx`` and ``model.json``. The graph has the outputs ``logits``, ``polarity`` and ``features``.

    Attention, layer norms and activations are fused. Weights are 7 of 8 bits, a scale for each column:
    the sums then fit the arithmetic of processors with and without VNNI, so that both give the same.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full, fused = Path(scratch) / "full.onnx", Path(scratch) / "fused.onnx"
        _full(model, full)
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False
        config = model.encoder.config
        optimizer.optimize_model(
            str(full),
            "bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            optimization_options=options,
            opt_level=0,
        ).save_model_to_file(str(fused))
        quantize_dynamic(
            fused,
            folder / "model.onnx",
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": FLOAT},
        )
    (folder / "model.json").write_text(json.dumps(settings, indent=2) + "\n", "utf-8")


class _Shipped(torch.nn.Module):
    """The network with its stances and its rating as two outputs."""

    def __init__(self, model: Classifier) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs):
        outputs, features, _ = self.model(*inputs)
        return outputs[:, :STANCES], outputs[:, STANCES:], features


def _full(model: Classifier, path: Path) -> None:
    one = torch.ones((1, 8), dtype=torch.int64)
    axes = {name: {0: "batch", 1: "length"} for name in INPUTS}
    model.eval()
    torch.onnx.export(
        _Shipped(model),
        tuple(one for _ in INPUTS),
        path,
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes=axes | {name: {0: "batch"} for name in OUTPUTS},
        opset_version=17,
        dynamo=False,
    )
