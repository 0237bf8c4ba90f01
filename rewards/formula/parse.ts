import {
  type ConditionalNode,
  type ConstantNode,
  create,
  type FunctionNode,
  type MathNode,
  type OperatorNode,
  type ParenthesisNode,
  parseDependencies,
  type SymbolNode,
} from "mathjs/number";
import { didYouMean } from "../../infra/did-you-mean.js";
import { messageOf, UsageError } from "../../infra/errors.js";
import { type Term, type WeightedTerm, weightOf } from "./term.js";

if (!parseDependencies) throw new Error("mathjs came without its parser.");
const { parse } = create({ parseDependencies });

type Run = (...values: number[]) => number;

const applied =
  (run: Run) =>
  (terms: readonly Term[]): Term => ({ kind: "apply", run, terms });

/** Functions a formula may call: how few and how many arguments each takes, and what it makes of them. */
const FUNCTIONS: Readonly<
  Record<string, { readonly arity: readonly [number, number]; term(terms: readonly Term[]): Term }>
> = {
  min: { arity: [1, 64], term: applied(Math.min) },
  max: { arity: [1, 64], term: applied(Math.max) },
  mean: { arity: [1, 64], term: meanOf },
  clamp: {
    arity: [3, 3],
    term: applied((value, low, high) => Math.min(high!, Math.max(low!, value!))),
  },
  abs: { arity: [1, 1], term: applied(Math.abs) },
  sqrt: { arity: [1, 1], term: applied(Math.sqrt) },
  pow: { arity: [2, 2], term: applied((base, exponent) => base! ** exponent!) },
  exp: { arity: [1, 1], term: applied(Math.exp) },
  log: { arity: [1, 1], term: applied(Math.log) },
  floor: { arity: [1, 1], term: applied(Math.floor) },
  ceil: { arity: [1, 1], term: applied(Math.ceil) },
  round: { arity: [1, 1], term: applied(Math.round) },
};

const OPERATORS: Readonly<Record<string, Run>> = {
  divide: (a, b) => a! / b!,
  pow: (a, b) => a! ** b!,
  smaller: (a, b) => Number(a! < b!),
  smallerEq: (a, b) => Number(a! <= b!),
  larger: (a, b) => Number(a! > b!),
  largerEq: (a, b) => Number(a! >= b!),
  equal: (a, b) => Number(a === b),
  unequal: (a, b) => Number(a !== b),
  and: (a, b) => Number(a !== 0 && b !== 0),
  or: (a, b) => Number(a !== 0 || b !== 0),
  not: (a) => Number(a === 0),
};

/** Most characters of a formula; far longer ones overflow the stack of what reads them. */
const LONGEST = 4000;

/**
 * Reads a formula over the named parts with the mathjs grammar and keeps only safe arithmetic: numbers, part names,
 * `+ - * / ^`, comparisons, `and or not`, `condition ? a : b`, and the functions min, max, mean, clamp, abs, sqrt,
 * pow, exp, log, floor, ceil and round. Throws a UsageError that names the place and, for a slip, the likely name.
 */
export function parseFormula(text: string, parts: readonly string[]): Term {
  const wrong = (what: string, near?: string): UsageError => {
    const at =
      near === undefined ? -1 : text.search(new RegExp(`(?<!\\w)${near.replace(/\W/g, "\\$&")}(?!\\w)`));
    return new UsageError(`Formula "${text}"${at < 0 ? "" : `, position ${at + 1}`}: ${what}`);
  };
  const convert = (node: MathNode): Term => {
    switch (node.type) {
      case "ParenthesisNode":
        return convert((node as ParenthesisNode).content);
      case "ConstantNode": {
        const { value } = node as ConstantNode;
        if (Number.isFinite(value)) return { kind: "constant", value: value as number };
        throw wrong(`${node.toString()} is not a finite number.`);
      }
      case "SymbolNode": {
        const { name } = node as SymbolNode;
        if (parts.includes(name)) return { kind: "part", name };
        throw wrong(`no part is named "${name}".${didYouMean(name, parts)}`, name);
      }
      case "FunctionNode": {
        const { fn, args } = node as FunctionNode;
        if ((fn as MathNode).type !== "SymbolNode")
          throw wrong(`${fn} is no function; name one such as max.`);
        const { name } = fn as SymbolNode;
        const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
        if (!known)
          throw wrong(`no function is named "${name}".${didYouMean(name, Object.keys(FUNCTIONS))}`, name);
        const [least, most] = known.arity;
        if (args.length < least || args.length > most)
          throw wrong(
            `${name} takes ${least === most ? least : `${least} to ${most}`} argument${most === 1 ? "" : "s"}, not ${args.length}.`,
            name,
          );
        return known.term(args.map(convert));
      }
      case "ConditionalNode": {
        const { condition, trueExpr, falseExpr } = node as ConditionalNode;
        return {
          kind: "choice",
          condition: convert(condition),
          yes: convert(trueExpr),
          no: convert(falseExpr),
        };
      }
      case "OperatorNode":
        return convertOperator(node as OperatorNode);
      default:
        throw wrong(
          `${node.toString()} is not allowed; a formula computes one number from parts with arithmetic.`,
        );
    }
  };
  const convertOperator = (node: OperatorNode): Term => {
    const { fn, op, args, implicit } = node;
    if (implicit) throw wrong(`write * between ${args.map(String).join(" and ")}.`);
    const [first, second] = args as [MathNode, MathNode];
    if (fn === "add" || fn === "subtract") return { kind: "sum", terms: collectSum(node, 1) };
    if (fn === "multiply") return { kind: "product", left: convert(first), right: convert(second) };
    if (fn === "unaryMinus") return { kind: "negation", term: convert(first) };
    if (fn === "unaryPlus") return convert(first);
    const divisor = fn === "divide" && second ? convert(second) : undefined;
    if (divisor?.kind === "constant" && divisor.value !== 0)
      return { kind: "share", term: convert(first), divisor: divisor.value };
    const run = Object.hasOwn(OPERATORS, fn) ? OPERATORS[fn] : undefined;
    if (!run || args.length > 2)
      throw wrong(`the operator ${op} is not allowed; use + - * / ^, comparisons and ?:.`);
    return { kind: "apply", run, terms: args.map(convert) };
  };
  const collectSum = (node: MathNode, sign: 1 | -1): WeightedTerm[] => {
    if (node.type === "OperatorNode") {
      const { fn, args } = node as OperatorNode;
      if (fn === "add" || fn === "subtract") {
        const [left, right] = args as [MathNode, MathNode];
        const last = convert(right);
        const lastSign = fn === "add" ? 1 : -1;
        // Only the left operand is flattened: parentheses on the right stay one term.
        return [...collectSum(left, sign), { term: last, sign: lastSign, weight: lastSign * weightOf(last) }];
      }
    }
    const term = convert(node);
    return [{ term, sign, weight: sign * weightOf(term) }];
  };
  if (text.length > LONGEST)
    throw new UsageError(`The formula has ${text.length} characters; at most ${LONGEST} are read.`);
  if (text.trim() === "") throw new UsageError("The formula is empty; write one such as 0.7 * a + 0.3 * b.");
  let node: MathNode;
  try {
    node = parse(text);
  } catch (error) {
    const at = (error as { char?: number }).char;
    throw new UsageError(
      `Formula "${text}" cannot be read${at ? ` at position ${at}` : ""}: ${messageOf(error)}`,
    );
  }
  return convert(node);
}

function meanOf(terms: readonly Term[]): Term {
  const weighted = terms.map((term): WeightedTerm => ({ term, sign: 1, weight: weightOf(term) }));
  return { kind: "share", term: { kind: "sum", terms: weighted }, divisor: terms.length };
}
