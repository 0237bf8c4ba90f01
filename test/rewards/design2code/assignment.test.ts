import { expect } from "chai";
import fc from "fast-check";
import { assign, costMatrix, linearSumAssignment } from "../../../rewards/metrics/ports/assignment.js";

/** The smallest sum by trying everything. */
function bruteForce(costs: readonly (readonly number[])[]): number {
  const columns = costs[0]?.length ?? 0;
  const flip = columns < costs.length;
  const rows = flip ? Array.from({ length: columns }, (_, j) => costs.map((row) => row[j] ?? 0)) : costs;
  const best = (row: number, used: readonly number[]): number =>
    row === rows.length
      ? 0
      : Math.min(
          ...(rows[row] ?? []).map((cost, column) =>
            used.includes(column) ? Number.POSITIVE_INFINITY : cost + best(row + 1, [...used, column]),
          ),
        );
  return best(0, []);
}

describe("linearSumAssignment", () => {
  it("finds the smallest sum, with every row and column used once", () => {
    const cost = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -5, max: 5, noNaN: true }));
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(matrix, (costs) => {
        const { rows, columns } = linearSumAssignment(costMatrix(costs));
        expect(rows.length).to.equal(Math.min(costs.length, costs[0]?.length ?? 0));
        expect(new Set(rows).size).to.equal(rows.length);
        expect(new Set(columns).size).to.equal(rows.length);
        expect([...rows]).to.deep.equal([...rows].sort((a, b) => a - b));
        const sum = rows.reduce((total, row, at) => total + (costs[row]?.[columns[at] as number] ?? 0), 0);
        expect(sum).to.be.closeTo(bruteForce(costs), 1e-9);
      }),
    );
  });

  it("breaks ties as SciPy does", () => {
    expect(
      linearSumAssignment(
        costMatrix([
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ]),
      ).columns,
    ).to.deep.equal([0, 1, 2]);
    expect(
      linearSumAssignment(
        costMatrix([
          [1, 1],
          [1, 1],
          [1, 1],
        ]),
      ),
    ).to.deep.equal({ rows: [0, 1], columns: [0, 1] });
  });

  it("takes empty matrices and refuses what is no number", () => {
    expect(linearSumAssignment(costMatrix([]))).to.deep.equal({ rows: [], columns: [] });
    expect(() => linearSumAssignment(costMatrix([[Number.NaN]]))).to.throw(RangeError, "finite");
  });

  it("is offered for a cost function, too", () => {
    expect(assign(2, 2, (row, column) => (row === column ? 1 : 0))).to.deep.equal([
      { row: 0, column: 1 },
      { row: 1, column: 0 },
    ]);
  });
});
