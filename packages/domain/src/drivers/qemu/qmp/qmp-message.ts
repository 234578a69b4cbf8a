import * as v from 'valibot';

const Id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Part = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** QEMU's version, as it says it in its greeting. */
export type QemuVersion = {
	readonly major: number;
	readonly minor: number;
	readonly micro: number;
	/** What the distribution calls it, `Debian 1:7.2+dfsg-7`; empty for QEMU's own. */
	readonly package: string;
};

/** One line that a QMP server sends. Members that are not named here may be there, and mean nothing to us. */
const QmpMessage = v.union([
	v.object({
		QMP: v.object({
			version: v.object({qemu: v.object({major: Part, minor: Part, micro: Part}), package: v.string()}),
			capabilities: v.optional(v.array(v.string()), []),
		}),
	}),
	v.object({event: v.string(), data: v.optional(v.record(v.string(), v.unknown()), {})}),
	v.object({return: v.unknown(), id: Id}),
	v.object({error: v.object({class: v.string(), desc: v.string()}), id: v.optional(Id)}),
]);

export type QmpMessage =
	| {readonly kind: 'greeting'; readonly version: QemuVersion; readonly capabilities: readonly string[]}
	| {readonly kind: 'event'; readonly name: string; readonly data: object}
	| {readonly kind: 'result'; readonly id: number; readonly result: unknown}
	/** `id` is undefined when QEMU could not tell which command it could not make sense of. */
	| {readonly kind: 'error'; readonly id: number | undefined; readonly errorClass: string; readonly description: string};

/** Reads a line of QMP. Throws for what is none: not JSON, or none of the four messages. */
export function parseQmpMessage(line: string): QmpMessage {
	const message = v.parse(QmpMessage, JSON.parse(line));
	if ('QMP' in message) {
		const {version, capabilities} = message.QMP;
		const {major, minor, micro} = version.qemu;
		return {kind: 'greeting', version: {major, minor, micro, package: version.package}, capabilities};
	}

	if ('event' in message) return {kind: 'event', name: message.event, data: message.data};
	if ('error' in message) {
		return {kind: 'error', id: message.id, errorClass: message.error.class, description: message.error.desc};
	}

	return {kind: 'result', id: message.id, result: message.return};
}
