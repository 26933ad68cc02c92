/** A node of JSONata's syntax tree, as loosely as the walk needs it. */
export interface Node {
  type?: string;
  value?: unknown;
  [part: string]: unknown;
}

/** What an expression reads from outside itself. */
export interface References {
  /** Variables that are neither `$states` nor bound within the expression, functions included. */
  variables: Set<string>;
  /** Members of `$states`: "input", "result", "errorOutput", "context". */
  states: Set<string>;
  /** What AWS refuses, in its words: "Reference to 'phone' at the top level is not supported." */
  unsupported: string[];
}

interface Place {
  /** At the top level there is no context item: the input comes as `$states.input`. */
  top: boolean;
  bound: ReadonlySet<string>;
}

/** Reads an expression's syntax tree for what it refers to. */
export function referencesOf(root: unknown): References {
  const found: References = { variables: new Set(), states: new Set(), unsupported: [] };
  walk(root as Node, { top: true, bound: new Set() }, found);
  return found;
}

function walk(node: Node | undefined, place: Place, found: References): void {
  if (!node || typeof node !== 'object') return;
  switch (node.type) {
    case 'variable':
      variable(String(node.value), place, found);
      break;
    case 'name':
    case 'wildcard':
    case 'descendant':
      if (place.top) found.unsupported.push(topLevel(String(node.value)));
      break;
    case 'path':
      path(node, place, found);
      break;
    case 'block':
      block(node, place, found);
      break;
    case 'lambda':
      walk(node.body as Node, { ...place, bound: with_(place.bound, ...nodes(node.arguments).map(nameOf)) }, found);
      break;
    case 'transform':
      for (const part of [node.pattern, node.update, node.delete]) walk(part as Node, within(place), found);
      break;
    default:
      for (const part of partsOf(node)) walk(part, place, found);
  }
  for (const filter of [...nodes(node.predicate), ...nodes(node.stages)])
    walk(filter.expr as Node, within(place), found);
  for (const part of pairs((node.group as Node | undefined)?.lhs)) walk(part, within(place), found);
}

function variable(name: string, { top, bound }: Place, found: References): void {
  if (name === '$') found.unsupported.push("Reference to '$$' is not supported.");
  else if (name === '') {
    if (top) found.unsupported.push(topLevel('$'));
  } else if (name !== 'states' && !bound.has(name)) found.variables.add(name);
}

/** Only the first step of a path sees the place that the path stands in; the others see what came before them. */
function path(node: Node, place: Place, found: References): void {
  const steps = nodes(node.steps);
  const [first, second] = steps;
  if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name') {
    found.states.add(String(second.value));
  }
  let bound = place.bound;
  steps.forEach((step, index) => {
    const here = index === 0 ? { ...place, bound } : { top: false, bound };
    if (step.type === 'sort') for (const term of nodes(step.terms)) walk(term.expression as Node, within(here), found);
    // `$x@$p` and `$x#$i` name what the filters of this step and all later ones see.
    bound = with_(bound, ...namedBy(step));
    walk(step, { ...here, bound }, found);
  });
}

function namedBy({ focus, index, stages }: Node): string[] {
  const later = nodes(stages).filter(({ type }) => type === 'index');
  return [focus, index, ...later.map(({ value }) => value)].filter((name) => typeof name === 'string');
}

/** What a block binds is seen by the expressions after it, and by a function's own body. */
function block(node: Node, place: Place, found: References): void {
  let bound = place.bound;
  for (const expression of nodes(node.expressions)) {
    if (expression.type === 'bind') bound = with_(bound, nameOf(expression.lhs as Node));
    walk(expression.type === 'bind' ? (expression.rhs as Node) : expression, { ...place, bound }, found);
  }
}

/** The parts of the node types that bind nothing. */
function partsOf(node: Node): Node[] {
  const single = ['lhs', 'rhs', 'expression', 'condition', 'then', 'else', 'procedure'];
  return [
    ...single.map((part) => node[part] as Node).filter((part) => part && !Array.isArray(part)),
    ...nodes(node.arguments),
    ...nodes(node.expressions),
    ...(Array.isArray(node.lhs) ? pairs(node.lhs) : []),
  ];
}

const topLevel = (name: string): string => `Reference to '${name}' at the top level is not supported.`;

const within = ({ bound }: Place): Place => ({ top: false, bound });

const with_ = (bound: ReadonlySet<string>, ...names: string[]): ReadonlySet<string> => new Set([...bound, ...names]);

const nameOf = (node: Node): string => String(node.value);

const nodes = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : []);

/** The keys and values of an object constructor, one after the other. */
const pairs = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[][]).flat() : []);
