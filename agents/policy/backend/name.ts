/** Backend of tfjs that a policy runs on. `cpu` is only for tests. */
export type BackendName = "tensorflow" | "webgpu" | "wasm" | "cpu";
