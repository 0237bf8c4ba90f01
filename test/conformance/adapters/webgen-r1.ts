import { answerFormat, tagCount } from "../../../rewards/systems/webgen-r1/released/answer-format.js";
import {
  answerOf,
  lastHtmlOrSvg,
  overallScoreText,
  questionOf,
} from "../../../rewards/systems/webgen-r1/released/artifacts-bench.js";
import { checkCodeFormat } from "../../../rewards/systems/webgen-r1/released/code-format.js";
import { releasedGrade } from "../../../rewards/systems/webgen-r1/released/grade.js";
import { inlinePage } from "../../../rewards/systems/webgen-r1/released/inline-page.js";
import { releasedTotal } from "../../../rewards/systems/webgen-r1/released/reward-total.js";
import { unpackAsReleased, webActions } from "../../../rewards/systems/webgen-r1/released/unpack.js";
import {
  oneDecimal,
  verdictOf,
  WEBGEN_BENCH_FAMILIES,
  webgenBenchAccuracy,
} from "../../../rewards/systems/webgen-r1/released/webgen-bench.js";
import { groupAdvantages } from "../../../rewards/systems/widgetanchor/released/grpo.js";
import type { AdapterSet } from "../runner.js";

type Text = { readonly text: string };
type Response = { readonly response: string };
type Row = { readonly row: Readonly<Record<string, unknown>> };

const raised = { throws: "AttributeError" };

function codeFormat(response: string): number | typeof raised {
  const { valid, raises } = checkCodeFormat(response);
  return raises ? raised : Number(valid);
}

function codeFormats({ responses }: { readonly responses: readonly string[] }) {
  const values = responses.map(codeFormat);
  return values.includes(raised) ? raised : values;
}

function project({ response }: Response) {
  const { found, complete, files, installScript, startScript } = unpackAsReleased(response);
  const scripts = found
    ? { "install_dependencies.sh (body)": installScript, "start_server.sh (body)": startScript }
    : {};
  return { returned: complete ? "path" : null, files: { ...Object.fromEntries(files), ...scripts } };
}

function accuracyTable(input: {
  readonly last_assistant_text_by_task: Readonly<Record<string, string | null>>;
}) {
  const verdicts = Object.entries(input.last_assistant_text_by_task).map(
    ([task, text]) => [task, text === null ? null : verdictOf(text, "released")] as const,
  );
  const { all, families } = webgenBenchAccuracy(Object.fromEntries(verdicts));
  const rate = (count: number) => oneDecimal((100 * count) / all.total);
  return {
    yes_num: all.yes,
    partial_num: all.partial,
    no_num: all.no,
    start_failed_num: all.startFailed,
    total: all.total,
    yes_rate: rate(all.yes),
    partial_rate: rate(all.partial),
    no_rate: rate(all.no),
    start_failed_rate: rate(all.startFailed),
    accuracy: oneDecimal(all.accuracy),
    ...Object.fromEntries(
      WEBGEN_BENCH_FAMILIES.map((family) => [family, oneDecimal(families[family].accuracy)]),
    ),
  };
}

export const adapters: AdapterSet = {
  system: "webgen-r1",
  functions: {
    "web_code_format.validate_code_format": ({ response }: Response) => codeFormat(response),
    "rewards.web_code_format_reward(gather)": codeFormats,
    "rewards.format_reward": ({ response }: Response) => answerFormat(response),
    "rewards.tag_count_reward": ({ response }: Response) => tagCount(response),
    "step_1_response_parsing.extract_and_build_project": project,
    "step_1_response_parsing.extract_web_actions": ({ text }: Text) => {
      const { shell, start } = webActions(text);
      return { shell_actions: shell, last_start_action: start };
    },
    "step_4_vlm_grading.first_grade_int": ({ text }: Text) => releasedGrade(text),
    "ui_test_bolt.compute_acc (official data/test.jsonl)": accuracyTable,
    "extract_ans.extract_mllm_overall": ({ text }: Text) => overallScoreText(text),
    "extract_ans.extract_last_html_or_svg_block": ({ text }: Text) => lastHtmlOrSvg(text),
    "utils.get_answer": ({ row }: Row) => answerOf(row),
    "utils.get_query": ({ row }: Row) => questionOf(row),
    "code_parser.extract_html": ({ text }: Text) => inlinePage(text) ?? { throws: "StopIteration" },
    "weighted sum 1.0*appearance + 0.1*code_format + 0.1*format": (input: {
      readonly appearance: number;
      readonly code_format: number;
      readonly format: number;
    }) => releasedTotal({ ...input, codeFormat: input.code_format }),
    "(r-mean)/(std_ddof1+1e-4)": ({ rewards }: { readonly rewards: readonly number[] }) =>
      groupAdvantages(rewards, { epsilon: 1e-4, flat: 0 }).map((value) => Math.round(value * 1e6) / 1e6),
  },
  skipped: {
    "step_2_start_service.*":
      "Installing packages a model chose and editing its Vite config is not done here: a site is built offline from vendored packages and served as files.",
  },
};
