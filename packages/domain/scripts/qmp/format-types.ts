import type {Schema, SchemaEntity, SchemaMember, SchemaObject} from './schema.ts';
import {COMMANDS, EVENTS, OMITTED_MEMBERS, OPEN_TYPES, TYPE_NAMES, VARIANTS} from './selection.ts';

const NOTICE = `/**
 * Generated from QEMU's own introspection by packages/domain/scripts/generate-qmp-types.ts: do not edit.
 * The commands and events of its selection.ts, as QEMU 7.2 has them; some large types are cut there to what is of use.
 * Integers of QEMU's are 64 bits wide and arrive as numbers: above 2^53 they are rounded. An enumeration may have more words in another version of QEMU.
 */
`;

/** Writes the types of a schema. One that holds itself must have a name in TYPE_NAMES, else this throws an Error that says where it is. */
export function formatQmpTypes(schema: Schema): string {
	const names = new Map<string, string>();
	new TypeWriter(schema, names).write(); // Finds the names: a type may be used before the place that names it.
	return new TypeWriter(schema, names).write();
}

const quoted = (word: string): string => `'${word}'`;
const key = (name: string): string => (/^[a-z_]\w*$/i.test(name) ? name : quoted(name));

function formatBuiltin(jsonType: Extract<SchemaEntity, {'meta-type': 'builtin'}>['json-type']): string {
	if (jsonType === 'int') return 'number';
	return jsonType === 'value' ? 'unknown' : jsonType;
}

class TypeWriter {
	readonly #schema: Schema;
	/** Names of types by QEMU's number for them. */
	readonly #names: Map<string, string>;
	/** Declarations of named types, in the order in which they are met. */
	readonly #declarations = new Map<string, string>();
	readonly #placesMet = new Set<string>();
	/** QEMU's numbers of the types that are being written, outermost first. */
	readonly #underWay: string[] = [];

	constructor(schema: Schema, names: Map<string, string>) {
		this.#schema = schema;
		this.#names = names;
	}

	write(): string {
		const commands = COMMANDS.map(name => {
			const {'arg-type': args, 'ret-type': result} = this.#schema.command(name);
			return `\treadonly ${key(name)}: {readonly arguments: ${this.#type(args, `${name}.arguments`)}; readonly result: ${this.#type(result, `${name}.result`)}};\n`;
		});
		const events = EVENTS.map(name => `\treadonly ${key(name)}: ${this.#type(this.#schema.event(name)['arg-type'], name)};\n`);
		this.#assertAllMet();
		return `${NOTICE}
/** What each command takes and answers. */
export type QmpCommands = {
${commands.join('')}};

/** What each event says. */
export type QmpEvents = {
${events.join('')}};

export const QMP_EVENT_NAMES = [${EVENTS.map(name => quoted(name)).join(', ')}] as const satisfies ReadonlyArray<keyof QmpEvents>;

/** Nothing is said, or answered. */
export type Nothing = Readonly<Record<string, never>>;

${[...this.#declarations.values()].join('\n')}`;
	}

	/** The type as it is written where it is used. */
	#type(id: string, place: string): string {
		this.#placesMet.add(place);
		const name = TYPE_NAMES[place];
		if (name !== undefined && !this.#names.has(id)) this.#names.set(id, name);
		const known = this.#names.get(id);
		if (known === undefined) return this.#inline(id, place);
		this.#declare(id, known);
		return known;
	}

	#declare(id: string, name: string): void {
		if (this.#declarations.has(name)) return;
		this.#declarations.set(name, ''); // Keeps its place, and ends the recursion.
		this.#declarations.set(name, `export type ${name} = ${this.#inline(id, name)};\n`);
	}

	#inline(id: string, place: string): string {
		this.#placesMet.add(place);
		const isList = this.#schema.entity(id)['meta-type'] === 'array'; // Ends at its elements' name.
		if (this.#underWay.includes(id) && !isList && !this.#names.has(id))
			throw new Error(`the type at ${place} holds itself: it needs a name`);
		this.#underWay.push(id);
		try {
			return this.#shape(id, place);
		} finally {
			this.#underWay.pop();
		}
	}

	#shape(id: string, place: string): string {
		const entity = this.#schema.entity(id);
		switch (entity['meta-type']) {
			case 'builtin':
				return formatBuiltin(entity['json-type']);
			case 'enum':
				return entity.members.map(({name}) => quoted(name)).join(' | ');
			case 'array':
				return `ReadonlyArray<${this.#type(entity['element-type'], `${place}[]`)}>`;
			case 'alternate':
				return entity.members.map(({type}, index) => this.#type(type, `${place}|${index}`)).join(' | ');
			case 'object':
				return this.#object(entity, place);
			case 'command':
			case 'event':
				throw new Error(`${place} has ${entity.name} for its type, which is a ${entity['meta-type']}`);
		}
	}

	#object(object: SchemaObject, place: string): string {
		const {tag, variants = []} = object;
		if (tag === undefined) {
			const closed = this.#braced(this.#members(object.members, place));
			return OPEN_TYPES.has(place) ? `${closed} & Readonly<Record<string, unknown>>` : closed;
		}

		const common = object.members.filter(({name}) => name !== tag);
		const cases = this.#casesOf(object, tag, place).map(word => {
			const variant = variants.find(({case: name}) => name === word);
			const own = variant === undefined ? [] : this.#variantMembers(variant.type, `${place}<${word}>`);
			return this.#braced([`readonly ${key(tag)}: ${quoted(word)};`, ...own]);
		});
		const alternatives = cases.join(' | ');
		if (common.length === 0) return alternatives;
		return `${this.#braced(this.#members(common, place))} & ${cases.length === 1 ? alternatives : `(${alternatives})`}`;
	}

	/** The members that a variant adds; one that has variants of its own is written as if it had none. */
	#variantMembers(id: string, place: string): string[] {
		const object = this.#schema.object(id);
		if (object.variants !== undefined) throw new Error(`the variant ${place} has variants of its own, which are not written yet`);
		return this.#members(object.members, place);
	}

	#casesOf({members}: SchemaObject, tag: string, place: string): readonly string[] {
		const chosen = VARIANTS[place];
		const type = members.find(({name}) => name === tag)?.type ?? '';
		const entity = this.#schema.entity(type);
		if (entity['meta-type'] !== 'enum') throw new Error(`the tag ${tag} of ${place} is no enumeration`);
		const words = entity.members.map(({name}) => name);
		const strange = chosen?.filter(word => !words.includes(word)) ?? [];
		if (strange.length > 0) throw new Error(`${place} has no variants ${strange.join(', ')}`);
		return chosen ?? words;
	}

	#members(members: readonly SchemaMember[], place: string): string[] {
		return members.flatMap(member => {
			const at = `${place}.${member.name}`;
			this.#placesMet.add(at);
			if (OMITTED_MEMBERS.has(at)) return [];
			const type = this.#type(member.type, at);
			if (!('default' in member)) return [`readonly ${key(member.name)}: ${type};`];
			return [`readonly ${key(member.name)}?: ${type === 'unknown' ? type : `${type} | undefined`};`];
		});
	}

	/** Every member on a line of its own where there are more than three. */
	#braced(members: readonly string[]): string {
		if (members.length === 0) return 'Nothing';
		return members.length > 3 ? `{\n${members.join('\n')}\n}` : `{${members.join(' ')}}`;
	}

	/** A place of the selection that the schema has not is a mistake in the selection. */
	#assertAllMet(): void {
		const strange = [...Object.keys(TYPE_NAMES), ...Object.keys(VARIANTS), ...OMITTED_MEMBERS, ...OPEN_TYPES].filter(
			place => !this.#placesMet.has(place),
		);
		if (strange.length > 0) throw new Error(`no type is at ${strange.join(', ')}`);
	}
}
