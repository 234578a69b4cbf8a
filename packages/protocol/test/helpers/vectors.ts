import {
	ascii,
	CHECKPOINT,
	CHECKPOINT_END,
	checkpointState,
	concat,
	CONTEXT,
	CPUID,
	EMULATOR_CONTEXT,
	END,
	filledPage,
	hvm,
	libxl,
	MSR,
	P2M_FRAMES,
	PAGE,
	pageData,
	PARAMS,
	pv,
	PV_INFO,
	record,
	SHARED_INFO,
	STATIC_DATA_END,
	TSC,
	u64,
	vcpuBasic,
	xlHeader,
	XENSTORE,
	zeros,
} from './wire.ts';

/** A test vector of the format's reference, generated anew; `sha256` is the reference's. */
export type Vector = {
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly sha256: string;
	readonly begins: 'auto' | 'colo-back';
	readonly wholeCheckpoints: number;
};

const topTable = concat(u64((2 << 12) | 0x67), zeros(4088));

const hvmMin = hvm([STATIC_DATA_END, CONTEXT, END]);
const hvmSmall = hvm([
	CPUID,
	MSR,
	STATIC_DATA_END,
	pageData([
		[0xe, 0x100],
		[0xd, 0x101],
		[0xf, 0x102],
	]),
	TSC,
	CONTEXT,
	PARAMS,
	END,
]);
const pv64 = pv([
	PV_INFO,
	STATIC_DATA_END,
	P2M_FRAMES,
	pageData([
		[0x0, 0, zeros(4096)],
		[0xc, 1, topTable],
		[0x3, 2, zeros(4096)],
		[0x0, 3, zeros(4096)],
	]),
	TSC,
	SHARED_INFO,
	vcpuBasic(),
	END,
]);
const hvmLibxl = libxl(hvmSmall, EMULATOR_CONTEXT, END);

function round(value: number, context: string, ...close: readonly Uint8Array[]): Uint8Array {
	return concat(pageData([[0x0, 1, filledPage(value)]]), TSC, record(0x09, ascii(context)), PARAMS, CHECKPOINT, ...close);
}

export const VECTORS: readonly Vector[] = [
	{
		name: 'A-hvm-min.libxc',
		bytes: hvmMin,
		sha256: 'ff47a658aecc52af360e29ee936e912c8ba95d88e269e2940642d03320b763f8',
		begins: 'auto',
		wholeCheckpoints: 0,
	},
	{
		name: 'B-hvm-small.libxc',
		bytes: hvmSmall,
		sha256: '0a0cbcca181a432c0370b0ec9349167eb0534b8a8bbde2fbff268d1bc139c5dc',
		begins: 'auto',
		wholeCheckpoints: 0,
	},
	{
		name: 'C-hvm-page.libxc',
		bytes: hvm([
			STATIC_DATA_END,
			pageData([
				[0x0, 0x10, PAGE],
				[0xf, 0x11],
			]),
			TSC,
			CONTEXT,
			PARAMS,
			END,
		]),
		sha256: '7c992915244723e4efb4591b0dfcd84e7def1c94a0733e7a4b6644bd8330d73a',
		begins: 'auto',
		wholeCheckpoints: 0,
	},
	{
		name: 'D-hvm-v2.libxc',
		bytes: hvm([pageData([[0xe, 0x100]]), TSC, CONTEXT, END], 2),
		sha256: '9b92988ec3de0a2e4748e7c6bb5278db940abfd50277bd40618f97d86ecea2af',
		begins: 'auto',
		wholeCheckpoints: 0,
	},
	{
		name: 'E-pv64.libxc',
		bytes: pv64,
		sha256: 'fbbc0cf220fb94a3da919fb31cd0ab95d8e6155b7bb8988e658480659dd7dca3',
		begins: 'auto',
		wholeCheckpoints: 0,
	},
	{
		name: 'F-hvm.libxl',
		bytes: hvmLibxl,
		sha256: '65fc8a0c7023972a75a0a0d155f26a7b589adfcdf18ef4b0ef561644714f33d8',
		begins: 'auto',
		wholeCheckpoints: 0,
	},
	{
		name: 'G-pv.libxl',
		bytes: libxl(pv64, END),
		sha256: 'ba5509c299055e027ac34472fb60b07b5dc6e0246508203726bbacda3991aa4c',
		begins: 'auto',
		wholeCheckpoints: 0,
	},
	{
		name: 'H-hvm.xl',
		bytes: concat(xlHeader(), hvmLibxl),
		sha256: 'c53d85c3cdcdaaf7dee1f5d12aef31f8609ba6909aeedbc3a3909fc5de4cfbe9',
		begins: 'auto',
		wholeCheckpoints: 0,
	},
	{
		name: 'I-hvm-xenstore.libxl',
		bytes: libxl(hvmMin, XENSTORE, EMULATOR_CONTEXT, END),
		sha256: '60f6fc58900fb0d344b4363204d81d172e1094062a62b2df7c353e639d693021',
		begins: 'auto',
		wholeCheckpoints: 0,
	},
	{
		name: 'J-remus.libxc',
		bytes: hvm([STATIC_DATA_END, round(1, 'CTX1'), round(2, 'CTX2')]),
		sha256: '16336e30872500751e243f1ea0051742e79aea91cb6c598ae9e06ab3fecdb28c',
		begins: 'auto',
		wholeCheckpoints: 2,
	},
	{
		name: 'K-colo-back.bin',
		bytes: concat(checkpointState(2), checkpointState(3), checkpointState(1), record(0x0f, concat(u64(1), u64(2), u64(3)))),
		sha256: '3a004815f0c8d924c0ecfd467945bce311fcf3d9c55934af7f3988ebf1a912bb',
		begins: 'colo-back',
		wholeCheckpoints: 0,
	},
	{
		name: 'M-remus.libxl',
		bytes: libxl(
			hvm([STATIC_DATA_END, round(1, 'CTX!', EMULATOR_CONTEXT, CHECKPOINT_END), round(2, 'CTX!', EMULATOR_CONTEXT, CHECKPOINT_END)]),
		),
		sha256: 'da6f64ace18d929ca2e2ae9f55687188f075ea50a38dbaf814a33366266f15a2',
		begins: 'auto',
		wholeCheckpoints: 2,
	},
];

/** The bytes of one vector, by the letter its name begins with. */
export function vector(letter: string): Uint8Array {
	const found = VECTORS.find(({name}) => name.startsWith(`${letter}-`));
	if (found === undefined) throw new TypeError(`no vector ${letter}`);
	return found.bytes;
}
