/** The shape of control.proto's messages as data, for the checks that generated code does not make. Its table is generated (`messages.ts`). */

export type ScalarType = 'bool' | 'uint32' | 'double' | 'string' | 'bytes';

export type FieldSchema = {
	readonly name: string;
	/** Field number. */
	readonly id: number;
	readonly type: ScalarType | 'enum' | 'message';
	/** Of a `message` field: the name of its type. */
	readonly of?: string;
	/** Of an `enum` field: words and numbers, without the zero value that means "not set". */
	readonly values?: Readonly<Record<string, number>>;
	/** `repeated`: an array. `optional`: may be absent (every message field is). Otherwise absent means zero, false or empty. */
	readonly presence?: 'repeated' | 'optional';
};

export type MessageSchema = readonly FieldSchema[];
