"""Opens a checkpoint with `transformers` and answers on stdout, as JSON, what it makes of the request on stdin.

Request: {folder, save, sequences: [{prompt, completion}], texts, conversations, others}. Also saves the model again into
`save`, in several bfloat16 files, as a published model would come. `others` are folders of other models and of adapters, which
PEFT opens: the answer has the log-probabilities of the same sequences under each.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

request = json.load(sys.stdin)
model = AutoModelForCausalLM.from_pretrained(request["folder"], dtype=torch.float32).eval()
tokenizer = AutoTokenizer.from_pretrained(request["folder"])


def log_probs(prompt, completion, model=model):
    with torch.no_grad():
        logits = model(torch.tensor([prompt + completion])).logits[0]
    rows = torch.log_softmax(logits[len(prompt) - 1 : -1], dim=-1)
    return rows.gather(1, torch.tensor(completion)[:, None])[:, 0].tolist()


def opened(folder):
    if not (Path(folder) / "adapter_config.json").exists():
        return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    from peft import AutoPeftModelForCausalLM

    return AutoPeftModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def other(folder):
    model = opened(folder)
    rows = [log_probs(s["prompt"], s["completion"], model) for s in request["sequences"]]
    return {"architecture": type(model).__name__, "log_probs": rows}


answer = {
    "architecture": type(model).__name__,
    "log_probs": [log_probs(s["prompt"], s["completion"]) for s in request["sequences"]],
    "ids": [tokenizer(text, add_special_tokens=False)["input_ids"] for text in request["texts"]],
    "texts": [
        tokenizer.decode(tokenizer(text, add_special_tokens=False)["input_ids"]) for text in request["texts"]
    ],
    "prompts": [
        tokenizer.apply_chat_template(c, add_generation_prompt=True, return_dict=False)
        for c in request["conversations"]
    ],
    "eos": tokenizer.eos_token_id,
    "pad": tokenizer.pad_token_id,
    "others": [other(folder) for folder in request["others"]],
}
model.to(torch.bfloat16).save_pretrained(request["save"], max_shard_size="40KB")
tokenizer.save_pretrained(request["save"])
json.dump(answer, sys.stdout)
