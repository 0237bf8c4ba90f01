import { create, type MathNode, type OperatorNode, parseDependencies, type SymbolNode } from "mathjs/number";
import { didYouMean } from "../../infra/did-you-mean.js";
import { UsageError } from "../../infra/errors.js";

if (!parseDependencies) throw new Error("mathjs came without its parser.");
const { parse } = create({ parseDependencies });

/**
 * A formula with other weights. The weight of a part is the constant factor of the product it stands in: 0.3 for `similarity`
 * in `rep * (0.6 * checklist + 0.3 * render * similarity)`, 1 for a bare part. Throws a UsageError for a part that the formula
 * names more than once or not at all, and for a gate over a whole sum: for those write a formula.
 *
 * @example
 * withWeights("render * (0.7 * a + 0.3 * b)", { b: 0.1 }); // "render * (0.7 * a + 0.1 * b)"
 */
export function withWeights(formula: string, weights: Readonly<Record<string, number>>): string {
  let root = parse(formula);
  for (const [part, weight] of Object.entries(weights)) {
    if (!Number.isFinite(weight))
      throw new UsageError(`The weight of "${part}" should be a finite number, but is ${weight}.`);
    root = withWeight(root, part, weight);
  }
  return root.toString();
}

function withWeight(root: MathNode, part: string, weight: number): MathNode {
  const found = root.filter((node) => nameOf(node) === part);
  const [symbol] = found;
  if (!symbol || found.length > 1) {
    const names = [...new Set(root.filter((node) => nameOf(node) !== null).map((node) => nameOf(node)!))];
    const why = symbol
      ? `${found.length} times; write a formula instead.`
      : `nowhere.${didYouMean(part, names)}`;
    throw new UsageError(`"${part}" has no weight to set: the formula "${root}" names it ${why}`);
  }
  const factors = factorsOf(termOf(symbol, root));
  const constants = factors.filter((factor) => factor.type === "ConstantNode");
  if (constants.length > 1 || factors.some((factor) => factor.filter(isSum).length > 0))
    throw new UsageError(
      `"${part}" has no weight to set: in the formula "${root}" it is not one term of a sum. Write a formula instead.`,
    );
  const number = parse(weight < 0 ? `(${weight})` : String(weight));
  const [constant] = constants;
  if (constant) return root.transform((node) => (node === constant ? number : node));
  const weighted = parse("weight * part").transform((node) =>
    nameOf(node) === "weight" ? number : nameOf(node) === "part" ? symbol : node,
  );
  return root.transform((node) => (node === symbol ? weighted : node));
}

/** The largest product around a part. */
function termOf(part: MathNode, root: MathNode): MathNode {
  const parents = new Map<MathNode, MathNode>();
  root.traverse((node, _, parent) => {
    if (parent) parents.set(node, parent);
  });
  let term = part;
  for (
    let up = parents.get(term);
    up && (isProduct(up) || up.type === "ParenthesisNode");
    up = parents.get(up)
  )
    term = up;
  return term;
}

function factorsOf(node: MathNode): MathNode[] {
  if (node.type === "ParenthesisNode") return factorsOf((node as unknown as { content: MathNode }).content);
  return isProduct(node) ? (node as OperatorNode).args.flatMap(factorsOf) : [node];
}

const nameOf = (node: MathNode): string | null =>
  node.type === "SymbolNode" ? (node as SymbolNode).name : null;
const operatorOf = (node: MathNode): string | null =>
  node.type === "OperatorNode" ? (node as OperatorNode).fn : null;
const isProduct = (node: MathNode): boolean => operatorOf(node) === "multiply";
const isSum = (node: MathNode): boolean => ["add", "subtract"].includes(operatorOf(node) ?? "");
