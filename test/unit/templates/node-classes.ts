/** What a backend has, in a few words: `{ Loader: { name: ['a', 'b'] }, Save: null }`; null saves or shows something. */
import type { InputInfo, NodeClasses, NodeInfo } from '../../../src/core/nodes.ts';

type Inputs = Record<string, (string | number | boolean)[] | Partial<InputInfo>>;

export function backendWith(classes: Record<string, Inputs | null>): NodeClasses {
  return new Map(Object.entries(classes).map(([type, inputs]) => [type, node(type, inputs)]));
}

function node(title: string, inputs: Inputs | null): NodeInfo {
  const all = Object.entries(inputs ?? {}).map(([name, given]): [string, InputInfo] => [
    name,
    { type: 'COMBO', required: true, ...(Array.isArray(given) ? { options: given } : given) },
  ]);
  return { title, isOutput: inputs === null, inputs: new Map(all), outputs: [] };
}
