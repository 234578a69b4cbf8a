import type {QmpCommands} from '../../src/drivers/qemu/qmp/qmp-types.ts';

/**
 * One of what `query-qmp-schema` lists: a command, an event, or a type. The names of types are numbers, made up anew by every build of QEMU:
 * only commands and events have names that mean something. See QEMU's docs/devel/qapi-code-gen, "Client JSON Protocol introspection".
 */
export type SchemaEntity = QmpCommands['query-qmp-schema']['result'][number];
type EntityOf<Kind extends SchemaEntity['meta-type']> = Extract<SchemaEntity, {readonly 'meta-type': Kind}>;

export type SchemaObject = EntityOf<'object'>;
/** Has a `default` (null) where it may be left out. */
export type SchemaMember = SchemaObject['members'][number];

/** The schema by name. Throws an Error for a name that it has not, or that is something else. */
export class Schema {
	readonly #entities: ReadonlyMap<string, SchemaEntity>;

	constructor(entities: readonly SchemaEntity[]) {
		this.#entities = new Map(entities.map(entity => [entity.name, entity]));
	}

	entity(name: string): SchemaEntity {
		const found = this.#entities.get(name);
		if (found === undefined) throw new Error(`QEMU's schema has no ${name}`);
		return found;
	}

	command(name: string): EntityOf<'command'> {
		const found = this.entity(name);
		if (found['meta-type'] !== 'command') throw new Error(`${name} is no command but of kind ${found['meta-type']}`);
		return found;
	}

	event(name: string): EntityOf<'event'> {
		const found = this.entity(name);
		if (found['meta-type'] !== 'event') throw new Error(`${name} is no event but of kind ${found['meta-type']}`);
		return found;
	}

	object(name: string): SchemaObject {
		const found = this.entity(name);
		if (found['meta-type'] !== 'object') throw new Error(`the type ${name} is no object but of kind ${found['meta-type']}`);
		return found;
	}
}
