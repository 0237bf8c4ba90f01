import { execFile } from "node:child_process";

let wrapper: Promise<readonly string[]> | undefined;

/**
 * A command prefix that runs a program in a network namespace of its own, where no interface is up: the kernel then
 * keeps everything in, whatever the browser does. Empty where the system does not allow it; the browser's flags and
 * the interception of requests still close the network there.
 */
export function networkNamespace(): Promise<readonly string[]> {
  wrapper ??= findWrapper();
  return wrapper;
}

async function findWrapper(): Promise<readonly string[]> {
  if (process.platform !== "linux") return [];
  const root = process.getuid?.() === 0;
  const prefix = root ? ["unshare", "--net"] : ["unshare", "--user", "--map-current-user", "--net"];
  return (await succeeds([...prefix, "true"])) ? prefix : [];
}

function succeeds([command, ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command as string, args, { timeout: 5000 }, (error) => resolve(error === null));
  });
}
