import test from 'ava';
import {
	type ClientFrame,
	ControlError,
	decodeClientFrame,
	decodeServerFrame,
	encodeClientFrame,
	encodeServerFrame,
	MAX_FRAME_BYTES,
	type ServerFrame,
} from '../../src/control/index.ts';

const DOMAIN = {
	name: 'dom1',
	uuid: 'u',
	kind: 'workload',
	state: 'running',
	memoryBytes: 2 ** 40,
	pid: 7,
	incarnation: 3,
	detailJson: '{"steps":1}',
} as const;
const STATUS = {
	id: 'm1',
	domain: 'dom1',
	direction: 'outgoing',
	peer: 'host-b',
	phase: 'precopy',
	iteration: 1,
	totalPages: 1000,
	pagesSent: 10,
	bytesSent: 40_960,
	remainingPages: 990,
	elapsedMs: 12.5,
	bandwidthBytesPerSecond: 1e9,
	dirtyBytesPerSecond: 0,
	tracker: 'pagemap-scan',
	reason: '',
	startedAtMs: 1.7e12,
	iterations: [],
} as const;
const FAULT = {
	code: 'ERR_HOOK',
	message: 'ü',
	side: 'sender',
	phase: 'prepare',
	runsOnHost: 'host-a',
	runsOnKind: 'host',
	next: '',
	causes: ['x', '', 'y'],
} as const;
const RESULT = {
	id: 'm1',
	domain: 'dom1',
	outcome: 'failed',
	runsOn: 'host-a',
	totalMs: 1,
	iterations: 2,
	pagesSent: 3,
	bytesSent: 4,
} as const;

/** One of every body, with every optional field there and not there. */
const CLIENT_FRAMES: readonly ClientFrame[] = [
	{request: 0, kind: 'hello', body: {versionMin: 1, versionMax: 2, software: 's', host: 'h', role: 'operator', features: ['a', 'b']}},
	{request: 1, kind: 'cancel', body: {}},
	{
		request: 4_294_967_295,
		kind: 'start',
		body: {domain: 'd', host: 'h', detach: true, stream: 'xen', tee: '/x', limits: {maxIterations: 0, maxDowntimeMs: 0.5}, paused: false},
	},
	{request: 2, kind: 'start', body: {domain: '', host: '', detach: false, stream: 'sterna', tee: '', paused: true}},
	{
		request: 2,
		kind: 'start',
		body: {
			domain: 'd',
			host: 'h',
			detach: false,
			stream: 'sterna',
			tee: '',
			paused: false,
			transfer: {
				channels: 2,
				compression: 'lz4',
				deltaCacheBytes: 0,
				bandwidthBytesPerSecond: 1.5e8,
				downtimeBudgetMs: 0.5,
				proof: 'audit',
				reconnectMs: 0,
			},
		},
	},
	{request: 3, kind: 'command', body: {id: 'm', action: 'stop-and-copy'}},
	{request: 3, kind: 'status', body: {id: ''}},
	{request: 3, kind: 'watch', body: {id: 'm'}},
	{request: 3, kind: 'domainList', body: {name: ''}},
	{request: 3, kind: 'domainCreate', body: {definitionJson: 'x'.repeat(65_536), paused: true}},
	{request: 3, kind: 'domainCommand', body: {name: 'd', action: 'check'}},
	{request: 3, kind: 'domainOutput', body: {name: 'd', follow: true}},
	{request: 3, kind: 'save', body: {domain: 'd', file: '/f', checkpoint: true, detach: false}},
	{request: 3, kind: 'restore', body: {file: '/f', name: '', paused: false}},
	{request: 3, kind: 'hosts', body: {probe: true}},
	{request: 3, kind: 'set', body: {id: '', bandwidthBytesPerSecond: 0}},
	{
		request: 3,
		kind: 'domainAdopt',
		body: {qmp: '/q', name: '', networks: [{netdev: 'n0', network: 'lan'}], disks: [{drive: 'd0', sharing: 'mirror'}], dryRun: true},
	},
	{request: 3, kind: 'domainConsole', body: {name: 'd', tailBytes: 4096}},
	{request: 3, kind: 'diskStream', body: {migrationId: 'm', incarnation: 2, node: 'd0'}},
	{request: 3, kind: 'peerConsole', body: {migrationId: 'm', incarnation: 2, receivedBytes: 2 ** 40, path: ['host-a', 'host-b']}},
	{request: 3, kind: 'streamData', body: {data: new Uint8Array(65_536), end: true, credit: 2 ** 40}},
	{request: 3, kind: 'set', body: {id: 'd', limits: {maxIterations: 9, dirtyThresholdPages: 0, maxDowntimeMs: 0.5}, downtimeBudgetMs: 250}},
	{
		request: 3,
		kind: 'prepare',
		body: {
			migrationId: 'm',
			incarnation: Number.MAX_SAFE_INTEGER,
			definitionJson: '{}',
			stream: 'sterna',
			guestType: 'hvm',
			streamVersion: 3,
			populatedPages: 2 ** 40,
			paused: false,
			windowBytes: 0,
			channels: 64,
			holdMs: 70_000,
			hashKey: 2 ** 52 - 1,
		},
	},
	{request: 3, kind: 'resume', body: {migrationId: 'm', incarnation: 2, link: 1, windowBytes: 1, channels: 2, hashKey: 0}},
	{request: 3, kind: 'resume', body: {migrationId: 'm', incarnation: 2, link: 2, windowBytes: 1, channels: 2}},
	{request: 3, kind: 'pageHashes', body: {migrationId: 'm', incarnation: 2, hashKey: 7, of: 'groups', first: 2 ** 40, count: 65_536}},
	{request: 3, kind: 'go', body: {migrationId: 'm', incarnation: 1}},
	{request: 3, kind: 'peerAbort', body: {migrationId: 'm', fault: FAULT}},
	{request: 3, kind: 'outcome', body: {migrationId: 'm', incarnation: 1, declineIfReady: true, domain: 'dom1'}},
];
const SERVER_FRAMES: readonly ServerFrame[] = [
	{request: 0, last: true, kind: 'hello', body: {versionMin: 1, versionMax: 1, software: '', host: '', role: 'receiver', features: []}},
	{request: 1, last: true, kind: 'fault', body: FAULT},
	{request: 1, last: true, kind: 'done', body: {}},
	{request: 1, last: false, kind: 'migration', body: STATUS},
	{request: 1, last: true, kind: 'domainAdopted', body: {domain: DOMAIN, notes: ['n'], command: ['qemu', '-S']}},
	{request: 1, last: false, kind: 'consoleNote', body: {text: 'dom1 is on host-b'}},
	{request: 1, last: true, kind: 'consoleMoved', body: {host: 'host-a', migrationId: 'm', incarnation: 3}},
	{request: 1, last: false, kind: 'streamData', body: {data: Uint8Array.of(0, 255), end: false, credit: 0}},
	{
		request: 1,
		last: false,
		kind: 'migration',
		body: {
			...STATUS,
			dirtyPages: 0,
			expectedDowntimeMs: 0.25,
			bandwidthLimitBytesPerSecond: 2e8,
			interruptions: 1,
			diskBytesLeft: 2 ** 40,
			digest: '0123456789abcdef',
			proof: 'wire',
			result: {...RESULT, downtimeMs: 0, diskBytesSent: 0, error: FAULT},
		},
	},
	{
		request: 1,
		last: true,
		kind: 'result',
		body: {
			...RESULT,
			downtimeParts: {pause: 1, scan: 2, copy: 3, deviceState: 4, load: 5, hook: 6, handover: 0.5},
			interruptions: 2,
			interruptedMs: 1.5,
			digest: '0123456789abcdef',
			proof: 'full',
			repairedPages: 3,
			resentBytes: 4096,
		},
	},
	{request: 1, last: true, kind: 'status', body: {migrations: []}},
	{request: 1, last: true, kind: 'status', body: {migrations: [STATUS, STATUS]}},
	{request: 1, last: true, kind: 'domainList', body: {domains: [DOMAIN], host: 'h'}},
	{request: 1, last: true, kind: 'domain', body: {domain: DOMAIN}},
	{request: 1, last: false, kind: 'output', body: {data: Uint8Array.of(0, 255)}},
	{request: 1, last: true, kind: 'checked', body: {pagesChecked: 5, badPages: 0, firstBad: ''}},
	{request: 1, last: true, kind: 'restored', body: {domain: DOMAIN, totalMs: 1, pages: 2, bytes: 3, checkpoints: 4}},
	{
		request: 1,
		last: true,
		kind: 'hosts',
		body: {self: 'h', hosts: [{name: 'h', address: 'a', state: 'not probed', detail: '', roundTripMs: 0}]},
	},
	{
		request: 1,
		last: false,
		kind: 'prepared',
		body: {dataPort: 1, token: new Uint8Array(32).fill(7), windowBytes: 2 ** 33, channels: 2, appliedBytes: [0, 2 ** 40]},
	},
	{request: 1, last: false, kind: 'ready', body: {incarnation: 1, pagesReceived: 2, bytesReceived: 3, loadMs: 4.5}},
	{request: 1, last: true, kind: 'running', body: {incarnation: 1, firstStepNs: 123_456_789_012_345, resumeMs: 0, sinceFirstStepMs: 0.5}},
	{request: 1, last: true, kind: 'running', body: {incarnation: 1, resumeMs: 0, sinceFirstStepMs: 0}},
	{request: 1, last: false, kind: 'receiverProgress', body: {pagesReceived: 0, bytesReceived: 0}},
	{request: 1, last: true, kind: 'outcome', body: {state: 'declined', incarnation: 4}},
	{request: 1, last: true, kind: 'outcome', body: {state: 'receiving', incarnation: 4, link: 2}},
	{request: 1, last: true, kind: 'pageHashes', body: {hashes: new Uint8Array(512 * 1024).fill(1)}},
];

test('every client frame is decoded to what was encoded', t => {
	for (const frame of CLIENT_FRAMES) t.deepEqual(decodeClientFrame(encodeClientFrame(frame)), frame, frame.kind);
});

test('every server frame is decoded to what was encoded', t => {
	for (const frame of SERVER_FRAMES) t.deepEqual(decodeServerFrame(encodeServerFrame(frame)), frame, frame.kind);
});

test('a decoded frame keeps nothing of the bytes it came from', t => {
	const bytes = encodeServerFrame({request: 1, last: false, kind: 'output', body: {data: Uint8Array.of(1, 2, 3)}});
	const frame = decodeServerFrame(bytes);
	bytes.fill(0);
	t.deepEqual(frame, {request: 1, last: false, kind: 'output', body: {data: Uint8Array.of(1, 2, 3)}});
});

test('bytes cut off anywhere are a ControlError or a shorter frame, never another exception', t => {
	for (const frame of CLIENT_FRAMES) {
		const bytes = encodeClientFrame(frame);
		for (let length = 0; length < bytes.length; length += 1 + Math.floor(length / 50)) {
			try {
				decodeClientFrame(bytes.subarray(0, length));
			} catch (error) {
				if (!(error instanceof ControlError)) t.fail(`${frame.kind} cut at ${length}: ${String(error)}`);
			}
		}
	}

	t.pass();
});

test('any bytes are a frame or a ControlError', t => {
	// A seeded generator (xorshift32): the same bytes on every run.
	let seed = 0x9e37_79b9;
	const next = (): number => {
		seed ^= seed << 13;
		seed ^= seed >>> 17;
		seed ^= seed << 5;
		return seed >>> 0;
	};
	const originals = SERVER_FRAMES.map(frame => encodeServerFrame(frame));
	for (let round = 0; round < 20_000; round++) {
		const bytes = Uint8Array.from(originals[next() % originals.length] ?? []);
		for (let change = 0; change <= next() % 4; change++) bytes[next() % Math.max(1, bytes.length)] = next() % 256;
		try {
			decodeServerFrame(bytes);
		} catch (error) {
			if (!(error instanceof ControlError)) t.fail(`${Buffer.from(bytes).toString('hex')}: ${String(error)}`);
		}
	}

	t.pass();
});

test('a frame over the size limit is neither read nor written', t => {
	t.throws(() => decodeClientFrame(new Uint8Array(MAX_FRAME_BYTES + 1)), {name: 'ControlError', code: 'ERR_FRAME_TOO_LARGE'});
	const migrations = Array.from({length: 1000}, () => ({...STATUS, reason: 'r'.repeat(4000)}));
	t.throws(() => encodeServerFrame({request: 1, last: true, kind: 'status', body: {migrations}}), {code: 'ERR_FRAME_TOO_LARGE'});
});

test('a frame without a body is unknown', t => {
	const error = t.throws(() => decodeClientFrame(Uint8Array.of(0x08, 0x07)), {instanceOf: ControlError});
	t.deepEqual(error?.fault, {code: 'ERR_FRAME_UNKNOWN', request: 7, field: undefined});
});

test('a body of a later version is unknown, with its request number', t => {
	const error = t.throws(() => decodeClientFrame(Uint8Array.of(0x08, 0x07, 0xa2, 0x38, 0x00)), {instanceOf: ControlError});
	t.deepEqual(error?.fault, {code: 'ERR_FRAME_UNKNOWN', request: 7, field: 900});
});

test('a field of a later version inside a known body is skipped', t => {
	// Watch of "m" with a field number 100 of each wire type.
	const unknown = [0xa0, 0x06, 0x01, 0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0xa2, 0x06, 0x01, 0xff, 0xa5, 0x06, 1, 2, 3, 4];
	const body = [0x0a, 0x01, 0x6d, ...unknown];
	t.deepEqual(decodeClientFrame(Uint8Array.of(0x08, 0x01, 0x6a, body.length, ...body)), {request: 1, kind: 'watch', body: {id: 'm'}});
});

test('too many unknown fields are malformed', t => {
	const unknown = Array.from({length: 300}, () => [0xa0, 0x06, 0x01]).flat();
	t.throws(() => decodeClientFrame(Uint8Array.of(0x7a, 0x00, ...unknown)), {code: 'ERR_FRAME_MALFORMED', message: /unknown fields/});
});

test('two bodies in one frame are malformed', t => {
	t.throws(() => decodeClientFrame(Uint8Array.of(0x62, 0x00, 0x6a, 0x00)), {
		code: 'ERR_FRAME_MALFORMED',
		message: /two bodies, status and watch/,
	});
});

test('a known field of another wire type is malformed', t => {
	t.throws(() => decodeClientFrame(Uint8Array.of(0x68, 0x01)), {code: 'ERR_FRAME_MALFORMED', message: /wire type 0/});
});

test('a string over its limit is refused before it is decoded, and before it is sent', t => {
	const long = 'x'.repeat(4097);
	t.throws(() => encodeClientFrame({request: 1, kind: 'watch', body: {id: long}}), {
		code: 'ERR_FRAME_FIELD',
		message: /WatchRequest\.id has more than 4096 bytes/,
	});
	// Field 13 (watch) of 4100 bytes: field 1 of 4097 bytes.
	const bytes = Uint8Array.of(0x6a, 0x84, 0x20, 0x0a, 0x81, 0x20, ...Buffer.from(long));
	t.throws(() => decodeClientFrame(bytes), {code: 'ERR_FRAME_FIELD', message: /WatchRequest\.id has 4097 bytes/});
});

test('the length of a string counts in bytes of UTF-8', t => {
	for (const [text, fits] of [
		['ü'.repeat(2048), true],
		['ü'.repeat(2049), false],
		['😀'.repeat(1024), true],
		['😀'.repeat(1025), false],
	] as const) {
		const encode = (): Uint8Array => encodeClientFrame({request: 1, kind: 'watch', body: {id: text}});
		if (fits) t.like(decodeClientFrame(encode()), {body: {id: text}});
		else t.throws(encode, {code: 'ERR_FRAME_FIELD'});
	}
});

test('a list with too many entries is refused before it is decoded', t => {
	// Hello with 1025 empty features.
	const body = Array.from({length: 1025}, () => [0x32, 0x00]).flat();
	const bytes = Uint8Array.of(0x12, 0x82, 0x10, ...body);
	t.throws(() => decodeClientFrame(bytes), {code: 'ERR_FRAME_FIELD', message: /Hello\.features has more than 1024 entries/});
});

test('numbers must be finite, not negative, and whole where they count', t => {
	for (const value of [Number.NaN, Infinity, -1, 1.5, 2 ** 53]) {
		t.throws(
			() => encodeClientFrame({request: 1, kind: 'go', body: {migrationId: 'm', incarnation: value}}),
			{code: 'ERR_FRAME_FIELD'},
			String(value),
		);
	}

	// `go` with an incarnation of NaN.
	const nan = [...new Uint8Array(new Float64Array([Number.NaN]).buffer)];
	t.throws(() => decodeClientFrame(Uint8Array.of(0xca, 0x02, 0x09, 0x11, ...nan)), {
		code: 'ERR_FRAME_FIELD',
		message: /GoRequest\.incarnation is not a finite number/,
	});
});

test('a word that is not one of a field is refused', t => {
	// Outcome reply with the state "x"; request 9.
	t.throws(() => decodeServerFrame(Uint8Array.of(0x08, 0x09, 0xe2, 0x02, 0x03, 0x0a, 0x01, 0x78)), {
		code: 'ERR_FRAME_FIELD',
		message: /OutcomeReply\.state is "x", not one of unknown, receiving, ready, running, lost, declined/,
	});
});

test('an action that is not set or not known is refused', t => {
	t.throws(() => decodeClientFrame(Uint8Array.of(0x5a, 0x00)), {code: 'ERR_FRAME_FIELD', message: /action is not set/});
	t.throws(() => decodeClientFrame(Uint8Array.of(0x5a, 0x02, 0x10, 0x09)), {code: 'ERR_FRAME_FIELD', message: /unknown value/});
});

test('a message that must be there is missed', t => {
	t.throws(() => decodeServerFrame(Uint8Array.of(0x7a, 0x00)), {code: 'ERR_FRAME_FIELD', message: /DomainReply\.domain is missing/});
});

test('a long number that is not valid is malformed', t => {
	t.throws(() => decodeClientFrame(new Uint8Array(16).fill(0xff)), {code: 'ERR_FRAME_MALFORMED', message: /more than ten bytes/});
});
