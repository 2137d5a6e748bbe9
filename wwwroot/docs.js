// Writes the page about the API from its document. Text only ever becomes text.
const make = (tag, parts = [], attributes = {}) => {
  const node = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...[parts].flat());
  return node;
};

const main = document.querySelector('main');

function typeOf(schema, api) {
  if (!schema) return '';
  if (schema.$ref) return schema.$ref.split('/').pop();
  const known = schema.enum?.filter(x => x !== null);
  if (known?.length) return known.join(' | ');
  const any = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (any) return any.map(x => typeOf(x, api)).filter(x => x && x !== 'null').join(' | ');
  const type = [schema.type].flat().filter(x => x && x !== 'null').join(' | ');
  return type === 'array' ? `${typeOf(schema.items, api)}[]` : schema.format ? `${type} (${schema.format})` : type || 'any';
}

const resolved = (schema, api) => {
  const single = schema?.oneOf?.find(x => x.$ref) ?? schema?.items ?? schema;
  return single?.$ref ? api.components.schemas[single.$ref.split('/').pop()] : single;
};

function table(heading, rows) {
  const head = make('tr', heading.map(x => make('th', x, { scope: 'col' })));
  return make('table', [make('thead', head), make('tbody', rows.map(row => make('tr', row.map((x, i) => make('td', i < 2 ? make('code', x) : x)))))]);
}

function fields(schema, api) {
  const shape = resolved(schema, api);
  if (!shape?.properties) return [];
  const rows = Object.entries(shape.properties).map(([name, x]) => [name, typeOf(x, api), x.description ?? (shape.required?.includes(name) ? 'always there' : '')]);
  return [table(['field', 'type', ''], rows)];
}

function body(operation, api) {
  const parts = [];
  if (operation.parameters?.length) {
    const rows = operation.parameters.map(x => [x.name, typeOf(x.schema, api), `in ${x.in}${x.required ? ', required' : ''}`]);
    parts.push(make('h3', 'Parameters'), table(['name', 'type', ''], rows));
  }
  for (const [type, content] of Object.entries(operation.requestBody?.content ?? {})) {
    parts.push(make('h3', `Body, ${type}`), ...fields(content.schema, api));
  }
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    const [type, content] = Object.entries(answer.content ?? {})[0] ?? [];
    parts.push(make('h3', `Answer ${status}${type ? `, ${type}, ${typeOf(content.schema, api)}` : ''}`), ...fields(content?.schema, api));
  }
  return make('div', parts, { class: 'body' });
}

function write(api) {
  const groups = new Map();
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? 'Studio';
      const summary = make('summary', [make('span', method.toUpperCase(), { class: 'method' }), make('code', path), make('span', operation.summary ?? '', { class: 'says' })]);
      groups.set(tag, [...(groups.get(tag) ?? []), make('details', [summary, body(operation, api)])]);
    }
  }
  // What a script begins with comes first.
  const after = ['Files', 'Operations', 'Studio'];
  const ordered = [...groups].sort(([a], [b]) => after.indexOf(a) - after.indexOf(b));
  main.replaceChildren(...ordered.flatMap(([tag, operations]) => [make('h2', tag, { id: tag }), ...operations]));
  main.dataset.interactive = '';
  document.querySelector('nav').replaceChildren(...ordered.map(([tag]) => make('a', tag, { href: `docs#${encodeURIComponent(tag)}` })));
}

try {
  const answer = await fetch('openapi/studio.json');
  if (!answer.ok) throw new Error(`it answers with ${answer.status}`);
  write(await answer.json());
} catch (fault) {
  main.replaceChildren(make('p', `The document cannot be read: ${fault.message}.`, { role: 'alert' }));
}
