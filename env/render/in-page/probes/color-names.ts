import { colorDistance, oklab } from "./color.js";
import type { Color } from "./scene.js";

/** Shades people call by a name, some for each; what lies nearest to a colour names it. */
export function colorPrototypes(): Record<string, readonly string[]> {
  return {
    teal: [
      "008080",
      "0f766e",
      "14b8a6",
      "0d9488",
      "115e59",
      "2a9d8f",
      "20b2aa",
      "134e4a",
      "5fb3b3",
      "1fc498",
    ],
    cyan: ["00ffff", "06b6d4", "22d3ee", "67e8f9", "0891b2"],
    green: [
      "008000",
      "15803d",
      "22c55e",
      "16a34a",
      "4ade80",
      "166534",
      "2e7d32",
      "00ff00",
      "10b981",
      "86efac",
      "14532d",
      "6aa84f",
      "3f7d4e",
      "006400",
    ],
    lime: ["bfff00", "a3e635", "d9f99d"],
    olive: ["808000", "65741b", "6b8e23", "556b2f", "4d5d1e", "7c8a3a", "9a9a3c", "3f6212", "5b6327"],
    blue: [
      "0000ff",
      "2360e0",
      "2563eb",
      "3b82f6",
      "1d4ed8",
      "60a5fa",
      "1e90ff",
      "0ea5e9",
      "93c5fd",
      "4169e1",
      "0070f3",
      "38bdf8",
      "1565c0",
    ],
    navy: [
      "000080",
      "2b4a86",
      "1e3a8a",
      "172554",
      "0a2540",
      "14213d",
      "1b2a49",
      "243b6b",
      "001f3f",
      "1e3a5f",
    ],
    indigo: [
      "4b0082",
      "5b4fe0",
      "4f46e5",
      "6366f1",
      "4338ca",
      "3730a3",
      "3f51b5",
      "312e81",
      "818cf8",
      "303f9f",
    ],
    purple: [
      "800080",
      "8b35d0",
      "9333ea",
      "a855f7",
      "7e22ce",
      "6b21a8",
      "8b5cf6",
      "7c3aed",
      "c084fc",
      "9c27b0",
      "4a148c",
      "663399",
      "581c87",
      "a78bfa",
    ],
    pink: [
      "ffc0cb",
      "c2247a",
      "ec4899",
      "f472b6",
      "db2777",
      "ff69b4",
      "e91e63",
      "f9a8d4",
      "ff1493",
      "be185d",
      "fb7185",
    ],
    red: [
      "ff0000",
      "c8302b",
      "dc2626",
      "ef4444",
      "b91c1c",
      "991b1b",
      "e53935",
      "8b0000",
      "c62828",
      "f87171",
      "dc143c",
      "7f1d1d",
    ],
    orange: [
      "ffa500",
      "bb4f0c",
      "f97316",
      "ea580c",
      "ff8c00",
      "fb923c",
      "c2410c",
      "f4a261",
      "ff5722",
      "e76f51",
      "d97706",
      "f59e0b",
    ],
    yellow: ["ffff00", "facc15", "fde047", "eab308", "ffd700", "fef08a"],
    brown: [
      "8b4513",
      "8c5a2b",
      "a52a2a",
      "6f4e37",
      "78350f",
      "5d4037",
      "795548",
      "7b4a1e",
      "92400e",
      "a0522d",
      "5c4033",
      "451a03",
      "b08968",
      "8d6e63",
    ],
    beige: ["f5f5dc", "d2b48c", "e7d8c0", "faf0e6"],
    gray: [
      "808080",
      "5b6472",
      "6b7280",
      "9ca3af",
      "4b5563",
      "64748b",
      "a9a9a9",
      "475569",
      "374151",
      "71717a",
      "cbd5e1",
      "696969",
    ],
    black: ["000000", "111111", "0f172a", "18181b", "1c1917"],
    white: ["ffffff", "f8fafc", "fafaf9", "f1f5f9"],
  };
}

/**
 * How well a colour is called by a name, 0 to 1: 1 when no other name's shades lie nearer, falling to 0 where one lies half as far. Hue and
 * strength decide more than lightness.
 */
export function colorNamed(color: Color, name: string): number {
  const asked = nearestShade(color, name, true);
  const other = nearestShade(color, name, false);
  if (asked <= other) return 1;
  return Math.max(0, Math.min(1, 2 * (other / asked) - 1)) ** 2;
}

/** Distance to the nearest shade of a name, or of all other names. */
export function nearestShade(color: Color, name: string, own: boolean): number {
  const [l, a, b] = oklab(color);
  let nearest = Number.POSITIVE_INFINITY;
  for (const [other, shades] of Object.entries(colorPrototypes())) {
    if ((other === name) !== own) continue;
    for (const hex of shades) {
      const value = Number.parseInt(hex, 16);
      const [sl, sa, sb] = oklab([(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255, 1]);
      nearest = Math.min(nearest, Math.hypot(0.5 * (l - sl), a - sa, b - sb));
    }
  }
  return nearest;
}

/** Whether two surfaces differ so that one stands out as a band. */
export function isOther(colors: readonly Color[], ground: readonly Color[]): boolean {
  return colors.every((color) => ground.every((other) => colorDistance(color, other) > 0.04));
}
