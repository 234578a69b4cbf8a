/** What properties may refer to: identifiers that the definition itself has. */
export type References = {readonly nodes: ReadonlySet<string>; readonly netdevs: ReadonlySet<string>};

/** Numbers, sizes, addresses of sixteen digits, speeds (`2_5`): what no file, process or object of a host is called. */
const NUMBER = /^[+-]?(?:0x[0-9a-f]{1,16}|\d{1,20}(?:[._]\d{1,9})?[bkmgtpe]?)$/i;

/** What QEMU's properties of a few values have. */
const WORDS = new Set(
	[
		['on', 'off', 'auto', 'yes', 'no', 'true', 'false', 'y', 'n'],
		// Of disks: errors, geometry.
		['report', 'ignore', 'enospc', 'stop', 'none', 'lba', 'large', 'rechs'],
		// Of network cards and timers.
		['timer', 'bh', 'half', 'full', 'delay', 'discard', 'merge', 'slew'],
	].flat(),
);

const OFF = new Set(['off', 'no', 'false', 'n']);

/** Texts that the guest alone sees. */
const TEXTS = new Set(['serial', 'vendor', 'product', 'ver', 'model', 'device_id']);

/** What is refused whatever its value, as a number or a word could be the name of something of the host. */
const REFUSED: readonly (readonly [names: RegExp, why: string])[] = [
	[/^driver$/, 'it would name another device model'],
	[
		/^(chardev|iothread|memdev|hostmem|rng|cryptodev|fsdev|tpmdev|audiodev|bmc|authz|secret|display)$/,
		'a guest has no such object to refer to',
	],
	[
		/^(host|hostbus|hostaddr|hostport|hostdevice|sysfsdev|evdev|pcap|file|filename|path|dump|rombios)$|fds?$/,
		'it would open something of this host',
	],
	[/^share-rw$/, 'two hosts could write the image at a time'],
	[/^failover(_pair_id)?$/, 'it needs a device of this one host'],
];

/** What is refused unless it is off. */
const REFUSED_UNLESS_OFF: readonly (readonly [names: RegExp, why: string])[] = [
	[/^free-page-(reporting|hint)$/, 'pages that the guest gives back that way are not seen to change'],
	[/^vhost(force)?$/, "the kernel's writes to the memory of the guest are not seen"],
];

/** Why a device may not have this property, as a clause; undefined where it may. What is not known to be harmless is refused. */
export function whyNotProperty(name: string, value: string, {nodes, netdevs}: References): string | undefined {
	switch (name) {
		case 'romfile':
			return value === '' ? undefined : 'it would read a file of this host: it can only be empty';
		case 'drive':
			return nodes.has(value) ? undefined : `the guest has no disk ${value}`;
		case 'netdev':
			return netdevs.has(value) ? undefined : `the guest has no network ${value}`;
		case 'mac':
			return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(value) ? undefined : 'it is no Ethernet address';
		case 'id':
			return /^[a-zA-Z][a-zA-Z0-9._-]{0,62}$/.test(value) ? undefined : 'it is no identifier of QEMU';
		case 'bus':
			return /^[a-zA-Z0-9][a-zA-Z0-9._:-]{0,62}$/.test(value) ? undefined : 'it is no name of a bus';
		case 'addr':
		case 'port':
			return /^(0x)?[0-9a-f]{1,2}(\.[0-9]{1,2}){0,6}$/i.test(value) ? undefined : 'it is no place on a bus';
		default:
			return whyNotSetting(name, value);
	}
}

/** As above, for a property that refers to nothing: of a device, a machine, a CPU, or a default of one. */
export function whyNotSetting(name: string, value: string): string | undefined {
	const refused = REFUSED.find(([names]) => names.test(name));
	if (refused) return refused[1];
	const unlessOff = REFUSED_UNLESS_OFF.find(([names]) => names.test(name));
	if (unlessOff) return OFF.has(value) ? undefined : unlessOff[1];
	if (TEXTS.has(name) ? value.length <= 128 : NUMBER.test(value) || WORDS.has(value)) return undefined;
	return 'its value is neither a number nor a word that is known to stay within the guest';
}
