/**
 * How the processor time of some work grows when its input is four times as long: about 4 for linear work, 16 for
 * quadratic. The least of several runs counts on both sides, so that a busy machine makes no difference; work too short to
 * measure counts as linear.
 *
 * @param length of the shorter input; its work should take some milliseconds
 */
export function growth(work: (length: number) => unknown, length: number, runs = 5): number {
  const [short, long] = [length, 4 * length].map((size) => {
    const times = Array.from({ length: runs }, () => {
      const start = process.cpuUsage();
      work(size);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    return Math.min(...times);
  }) as [number, number];
  return long < MEASURABLE ? 4 : long / Math.max(short, MEASURABLE / 16);
}

/** Milliseconds below which a quotient says nothing. */
const MEASURABLE = 20;
