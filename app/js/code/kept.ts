// The states of editors that have left the page, by name: whoever comes back can still undo.

/** So many texts are in work at once; older ones are forgotten. */
const MOST = 8;

const states = new Map<string, unknown>();

export function keep(name: string, state: unknown) {
  states.delete(name);
  states.set(name, state);
  const [oldest] = states.keys();
  if (states.size > MOST && oldest !== undefined) states.delete(oldest);
}

export function kept(name: string) {
  return states.get(name);
}
