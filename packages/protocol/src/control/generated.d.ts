import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace sterna. */
export namespace sterna {

    /** Namespace control. */
    namespace control {

        /**
         * Properties of a ClientFrame.
         * @deprecated Use sterna.control.ClientFrame.$Properties instead.
         */
        interface IClientFrame extends sterna.control.ClientFrame.$Properties {
        }

        /** Represents a ClientFrame. */
        class ClientFrame {

            /**
             * Constructs a new ClientFrame.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.ClientFrame.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClientFrame request. */
            request: number;

            /** ClientFrame hello. */
            hello?: (sterna.control.Hello.$Properties|null);

            /** ClientFrame start. */
            start?: (sterna.control.StartRequest.$Properties|null);

            /** ClientFrame command. */
            command?: (sterna.control.MigrationCommand.$Properties|null);

            /** ClientFrame status. */
            status?: (sterna.control.StatusRequest.$Properties|null);

            /** ClientFrame watch. */
            watch?: (sterna.control.WatchRequest.$Properties|null);

            /** ClientFrame domainList. */
            domainList?: (sterna.control.DomainListRequest.$Properties|null);

            /** ClientFrame domainCreate. */
            domainCreate?: (sterna.control.DomainCreateRequest.$Properties|null);

            /** ClientFrame domainCommand. */
            domainCommand?: (sterna.control.DomainCommand.$Properties|null);

            /** ClientFrame domainOutput. */
            domainOutput?: (sterna.control.DomainOutputRequest.$Properties|null);

            /** ClientFrame save. */
            save?: (sterna.control.SaveRequest.$Properties|null);

            /** ClientFrame restore. */
            restore?: (sterna.control.RestoreRequest.$Properties|null);

            /** ClientFrame hosts. */
            hosts?: (sterna.control.HostsRequest.$Properties|null);

            /** ClientFrame prepare. */
            prepare?: (sterna.control.PrepareRequest.$Properties|null);

            /** ClientFrame go. */
            go?: (sterna.control.GoRequest.$Properties|null);

            /** ClientFrame peerAbort. */
            peerAbort?: (sterna.control.PeerAbort.$Properties|null);

            /** ClientFrame outcome. */
            outcome?: (sterna.control.OutcomeQuery.$Properties|null);

            /** ClientFrame body. */
            body?: ("hello"|"start"|"command"|"status"|"watch"|"domainList"|"domainCreate"|"domainCommand"|"domainOutput"|"save"|"restore"|"hosts"|"prepare"|"go"|"peerAbort"|"outcome");

            /**
             * Encodes the specified ClientFrame message. Does not implicitly {@link sterna.control.ClientFrame.verify|verify} messages.
             * @param message ClientFrame message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.ClientFrame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClientFrame message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.ClientFrame & sterna.control.ClientFrame.$Shape} ClientFrame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.ClientFrame & sterna.control.ClientFrame.$Shape;

            /**
             * Gets the type url for ClientFrame
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ClientFrame {

            /** Properties of a ClientFrame. */
            interface $Properties {

                /** ClientFrame request */
                request?: (number|null);

                /** ClientFrame hello */
                hello?: (sterna.control.Hello.$Properties|null);

                /** ClientFrame start */
                start?: (sterna.control.StartRequest.$Properties|null);

                /** ClientFrame command */
                command?: (sterna.control.MigrationCommand.$Properties|null);

                /** ClientFrame status */
                status?: (sterna.control.StatusRequest.$Properties|null);

                /** ClientFrame watch */
                watch?: (sterna.control.WatchRequest.$Properties|null);

                /** ClientFrame domainList */
                domainList?: (sterna.control.DomainListRequest.$Properties|null);

                /** ClientFrame domainCreate */
                domainCreate?: (sterna.control.DomainCreateRequest.$Properties|null);

                /** ClientFrame domainCommand */
                domainCommand?: (sterna.control.DomainCommand.$Properties|null);

                /** ClientFrame domainOutput */
                domainOutput?: (sterna.control.DomainOutputRequest.$Properties|null);

                /** ClientFrame save */
                save?: (sterna.control.SaveRequest.$Properties|null);

                /** ClientFrame restore */
                restore?: (sterna.control.RestoreRequest.$Properties|null);

                /** ClientFrame hosts */
                hosts?: (sterna.control.HostsRequest.$Properties|null);

                /** ClientFrame prepare */
                prepare?: (sterna.control.PrepareRequest.$Properties|null);

                /** ClientFrame go */
                go?: (sterna.control.GoRequest.$Properties|null);

                /** ClientFrame peerAbort */
                peerAbort?: (sterna.control.PeerAbort.$Properties|null);

                /** ClientFrame outcome */
                outcome?: (sterna.control.OutcomeQuery.$Properties|null);

                /** ClientFrame body */
                body?: ("hello"|"start"|"command"|"status"|"watch"|"domainList"|"domainCreate"|"domainCommand"|"domainOutput"|"save"|"restore"|"hosts"|"prepare"|"go"|"peerAbort"|"outcome");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ClientFrame. */
            type $Shape = {
              request?: number|null;
              hello?: sterna.control.Hello.$Shape|null;
              start?: sterna.control.StartRequest.$Shape|null;
              command?: sterna.control.MigrationCommand.$Shape|null;
              status?: sterna.control.StatusRequest.$Shape|null;
              watch?: sterna.control.WatchRequest.$Shape|null;
              domainList?: sterna.control.DomainListRequest.$Shape|null;
              domainCreate?: sterna.control.DomainCreateRequest.$Shape|null;
              domainCommand?: sterna.control.DomainCommand.$Shape|null;
              domainOutput?: sterna.control.DomainOutputRequest.$Shape|null;
              save?: sterna.control.SaveRequest.$Shape|null;
              restore?: sterna.control.RestoreRequest.$Shape|null;
              hosts?: sterna.control.HostsRequest.$Shape|null;
              prepare?: sterna.control.PrepareRequest.$Shape|null;
              go?: sterna.control.GoRequest.$Shape|null;
              peerAbort?: sterna.control.PeerAbort.$Shape|null;
              outcome?: sterna.control.OutcomeQuery.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "hello"; hello: sterna.control.Hello.$Shape; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "start"; hello?: null; start: sterna.control.StartRequest.$Shape; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "command"; hello?: null; start?: null; command: sterna.control.MigrationCommand.$Shape; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "status"; hello?: null; start?: null; command?: null; status: sterna.control.StatusRequest.$Shape; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "watch"; hello?: null; start?: null; command?: null; status?: null; watch: sterna.control.WatchRequest.$Shape; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "domainList"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList: sterna.control.DomainListRequest.$Shape; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "domainCreate"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate: sterna.control.DomainCreateRequest.$Shape; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "domainCommand"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand: sterna.control.DomainCommand.$Shape; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "domainOutput"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput: sterna.control.DomainOutputRequest.$Shape; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "save"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save: sterna.control.SaveRequest.$Shape; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "restore"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore: sterna.control.RestoreRequest.$Shape; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "hosts"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts: sterna.control.HostsRequest.$Shape; prepare?: null; go?: null; peerAbort?: null; outcome?: null }|{ body?: "prepare"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare: sterna.control.PrepareRequest.$Shape; go?: null; peerAbort?: null; outcome?: null }|{ body?: "go"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go: sterna.control.GoRequest.$Shape; peerAbort?: null; outcome?: null }|{ body?: "peerAbort"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort: sterna.control.PeerAbort.$Shape; outcome?: null }|{ body?: "outcome"; hello?: null; start?: null; command?: null; status?: null; watch?: null; domainList?: null; domainCreate?: null; domainCommand?: null; domainOutput?: null; save?: null; restore?: null; hosts?: null; prepare?: null; go?: null; peerAbort?: null; outcome: sterna.control.OutcomeQuery.$Shape })
            );
        }

        /**
         * Properties of a ServerFrame.
         * @deprecated Use sterna.control.ServerFrame.$Properties instead.
         */
        interface IServerFrame extends sterna.control.ServerFrame.$Properties {
        }

        /** Represents a ServerFrame. */
        class ServerFrame {

            /**
             * Constructs a new ServerFrame.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.ServerFrame.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ServerFrame request. */
            request: number;

            /** ServerFrame hello. */
            hello?: (sterna.control.Hello.$Properties|null);

            /** ServerFrame fault. */
            fault?: (sterna.control.Fault.$Properties|null);

            /** ServerFrame done. */
            done?: (sterna.control.Done.$Properties|null);

            /** ServerFrame migration. */
            migration?: (sterna.control.MigrationStatus.$Properties|null);

            /** ServerFrame result. */
            result?: (sterna.control.MigrationResult.$Properties|null);

            /** ServerFrame status. */
            status?: (sterna.control.StatusReply.$Properties|null);

            /** ServerFrame domainList. */
            domainList?: (sterna.control.DomainListReply.$Properties|null);

            /** ServerFrame domain. */
            domain?: (sterna.control.DomainReply.$Properties|null);

            /** ServerFrame output. */
            output?: (sterna.control.OutputChunk.$Properties|null);

            /** ServerFrame restored. */
            restored?: (sterna.control.RestoreResult.$Properties|null);

            /** ServerFrame hosts. */
            hosts?: (sterna.control.HostsReply.$Properties|null);

            /** ServerFrame prepared. */
            prepared?: (sterna.control.PrepareReply.$Properties|null);

            /** ServerFrame ready. */
            ready?: (sterna.control.ReadyEvent.$Properties|null);

            /** ServerFrame running. */
            running?: (sterna.control.RunningReply.$Properties|null);

            /** ServerFrame receiverProgress. */
            receiverProgress?: (sterna.control.ReceiverProgress.$Properties|null);

            /** ServerFrame outcome. */
            outcome?: (sterna.control.OutcomeReply.$Properties|null);

            /** ServerFrame body. */
            body?: ("hello"|"fault"|"done"|"migration"|"result"|"status"|"domainList"|"domain"|"output"|"restored"|"hosts"|"prepared"|"ready"|"running"|"receiverProgress"|"outcome");

            /**
             * Encodes the specified ServerFrame message. Does not implicitly {@link sterna.control.ServerFrame.verify|verify} messages.
             * @param message ServerFrame message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.ServerFrame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ServerFrame message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.ServerFrame & sterna.control.ServerFrame.$Shape} ServerFrame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.ServerFrame & sterna.control.ServerFrame.$Shape;

            /**
             * Gets the type url for ServerFrame
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ServerFrame {

            /** Properties of a ServerFrame. */
            interface $Properties {

                /** ServerFrame request */
                request?: (number|null);

                /** ServerFrame hello */
                hello?: (sterna.control.Hello.$Properties|null);

                /** ServerFrame fault */
                fault?: (sterna.control.Fault.$Properties|null);

                /** ServerFrame done */
                done?: (sterna.control.Done.$Properties|null);

                /** ServerFrame migration */
                migration?: (sterna.control.MigrationStatus.$Properties|null);

                /** ServerFrame result */
                result?: (sterna.control.MigrationResult.$Properties|null);

                /** ServerFrame status */
                status?: (sterna.control.StatusReply.$Properties|null);

                /** ServerFrame domainList */
                domainList?: (sterna.control.DomainListReply.$Properties|null);

                /** ServerFrame domain */
                domain?: (sterna.control.DomainReply.$Properties|null);

                /** ServerFrame output */
                output?: (sterna.control.OutputChunk.$Properties|null);

                /** ServerFrame restored */
                restored?: (sterna.control.RestoreResult.$Properties|null);

                /** ServerFrame hosts */
                hosts?: (sterna.control.HostsReply.$Properties|null);

                /** ServerFrame prepared */
                prepared?: (sterna.control.PrepareReply.$Properties|null);

                /** ServerFrame ready */
                ready?: (sterna.control.ReadyEvent.$Properties|null);

                /** ServerFrame running */
                running?: (sterna.control.RunningReply.$Properties|null);

                /** ServerFrame receiverProgress */
                receiverProgress?: (sterna.control.ReceiverProgress.$Properties|null);

                /** ServerFrame outcome */
                outcome?: (sterna.control.OutcomeReply.$Properties|null);

                /** ServerFrame body */
                body?: ("hello"|"fault"|"done"|"migration"|"result"|"status"|"domainList"|"domain"|"output"|"restored"|"hosts"|"prepared"|"ready"|"running"|"receiverProgress"|"outcome");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ServerFrame. */
            type $Shape = {
              request?: number|null;
              hello?: sterna.control.Hello.$Shape|null;
              fault?: sterna.control.Fault.$Shape|null;
              done?: sterna.control.Done.$Shape|null;
              migration?: sterna.control.MigrationStatus.$Shape|null;
              result?: sterna.control.MigrationResult.$Shape|null;
              status?: sterna.control.StatusReply.$Shape|null;
              domainList?: sterna.control.DomainListReply.$Shape|null;
              domain?: sterna.control.DomainReply.$Shape|null;
              output?: sterna.control.OutputChunk.$Shape|null;
              restored?: sterna.control.RestoreResult.$Shape|null;
              hosts?: sterna.control.HostsReply.$Shape|null;
              prepared?: sterna.control.PrepareReply.$Shape|null;
              ready?: sterna.control.ReadyEvent.$Shape|null;
              running?: sterna.control.RunningReply.$Shape|null;
              receiverProgress?: sterna.control.ReceiverProgress.$Shape|null;
              outcome?: sterna.control.OutcomeReply.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "hello"; hello: sterna.control.Hello.$Shape; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "fault"; hello?: null; fault: sterna.control.Fault.$Shape; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "done"; hello?: null; fault?: null; done: sterna.control.Done.$Shape; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "migration"; hello?: null; fault?: null; done?: null; migration: sterna.control.MigrationStatus.$Shape; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "result"; hello?: null; fault?: null; done?: null; migration?: null; result: sterna.control.MigrationResult.$Shape; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "status"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status: sterna.control.StatusReply.$Shape; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "domainList"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList: sterna.control.DomainListReply.$Shape; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "domain"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain: sterna.control.DomainReply.$Shape; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "output"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output: sterna.control.OutputChunk.$Shape; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "restored"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored: sterna.control.RestoreResult.$Shape; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "hosts"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts: sterna.control.HostsReply.$Shape; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "prepared"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared: sterna.control.PrepareReply.$Shape; ready?: null; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "ready"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready: sterna.control.ReadyEvent.$Shape; running?: null; receiverProgress?: null; outcome?: null }|{ body?: "running"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running: sterna.control.RunningReply.$Shape; receiverProgress?: null; outcome?: null }|{ body?: "receiverProgress"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress: sterna.control.ReceiverProgress.$Shape; outcome?: null }|{ body?: "outcome"; hello?: null; fault?: null; done?: null; migration?: null; result?: null; status?: null; domainList?: null; domain?: null; output?: null; restored?: null; hosts?: null; prepared?: null; ready?: null; running?: null; receiverProgress?: null; outcome: sterna.control.OutcomeReply.$Shape })
            );
        }

        /**
         * Properties of a Hello.
         * @deprecated Use sterna.control.Hello.$Properties instead.
         */
        interface IHello extends sterna.control.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello versionMin. */
            versionMin: number;

            /** Hello versionMax. */
            versionMax: number;

            /** Hello software. */
            software: string;

            /** Hello host. */
            host: string;

            /** Hello role. */
            role: string;

            /** Hello features. */
            features: string[];

            /**
             * Encodes the specified Hello message. Does not implicitly {@link sterna.control.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.Hello & sterna.control.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.Hello & sterna.control.Hello.$Shape;

            /**
             * Gets the type url for Hello
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello versionMin */
                versionMin?: (number|null);

                /** Hello versionMax */
                versionMax?: (number|null);

                /** Hello software */
                software?: (string|null);

                /** Hello host */
                host?: (string|null);

                /** Hello role */
                role?: (string|null);

                /** Hello features */
                features?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = sterna.control.Hello.$Properties;
        }

        /**
         * Properties of a Fault.
         * @deprecated Use sterna.control.Fault.$Properties instead.
         */
        interface IFault extends sterna.control.Fault.$Properties {
        }

        /** Represents a Fault. */
        class Fault {

            /**
             * Constructs a new Fault.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.Fault.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Fault code. */
            code: string;

            /** Fault message. */
            message: string;

            /** Fault side. */
            side: string;

            /** Fault phase. */
            phase: string;

            /** Fault runsOnHost. */
            runsOnHost: string;

            /** Fault runsOnKind. */
            runsOnKind: string;

            /** Fault next. */
            next: string;

            /** Fault causes. */
            causes: string[];

            /**
             * Encodes the specified Fault message. Does not implicitly {@link sterna.control.Fault.verify|verify} messages.
             * @param message Fault message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.Fault.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Fault message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.Fault & sterna.control.Fault.$Shape} Fault
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.Fault & sterna.control.Fault.$Shape;

            /**
             * Gets the type url for Fault
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Fault {

            /** Properties of a Fault. */
            interface $Properties {

                /** Fault code */
                code?: (string|null);

                /** Fault message */
                message?: (string|null);

                /** Fault side */
                side?: (string|null);

                /** Fault phase */
                phase?: (string|null);

                /** Fault runsOnHost */
                runsOnHost?: (string|null);

                /** Fault runsOnKind */
                runsOnKind?: (string|null);

                /** Fault next */
                next?: (string|null);

                /** Fault causes */
                causes?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Fault. */
            type $Shape = sterna.control.Fault.$Properties;
        }

        /**
         * Properties of a Done.
         * @deprecated Use sterna.control.Done.$Properties instead.
         */
        interface IDone extends sterna.control.Done.$Properties {
        }

        /** Represents a Done. */
        class Done {

            /**
             * Constructs a new Done.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.Done.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Done message. Does not implicitly {@link sterna.control.Done.verify|verify} messages.
             * @param message Done message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.Done.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Done message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.Done & sterna.control.Done.$Shape} Done
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.Done & sterna.control.Done.$Shape;

            /**
             * Gets the type url for Done
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Done {

            /** Properties of a Done. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Done. */
            type $Shape = sterna.control.Done.$Properties;
        }

        /**
         * Properties of a StartRequest.
         * @deprecated Use sterna.control.StartRequest.$Properties instead.
         */
        interface IStartRequest extends sterna.control.StartRequest.$Properties {
        }

        /** Represents a StartRequest. */
        class StartRequest {

            /**
             * Constructs a new StartRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.StartRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StartRequest domain. */
            domain: string;

            /** StartRequest host. */
            host: string;

            /** StartRequest detach. */
            detach: boolean;

            /** StartRequest stream. */
            stream: string;

            /** StartRequest tee. */
            tee: string;

            /** StartRequest limits. */
            limits?: (sterna.control.PolicyLimits.$Properties|null);

            /** StartRequest paused. */
            paused: boolean;

            /**
             * Encodes the specified StartRequest message. Does not implicitly {@link sterna.control.StartRequest.verify|verify} messages.
             * @param message StartRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.StartRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StartRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.StartRequest & sterna.control.StartRequest.$Shape} StartRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.StartRequest & sterna.control.StartRequest.$Shape;

            /**
             * Gets the type url for StartRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace StartRequest {

            /** Properties of a StartRequest. */
            interface $Properties {

                /** StartRequest domain */
                domain?: (string|null);

                /** StartRequest host */
                host?: (string|null);

                /** StartRequest detach */
                detach?: (boolean|null);

                /** StartRequest stream */
                stream?: (string|null);

                /** StartRequest tee */
                tee?: (string|null);

                /** StartRequest limits */
                limits?: (sterna.control.PolicyLimits.$Properties|null);

                /** StartRequest paused */
                paused?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StartRequest. */
            type $Shape = sterna.control.StartRequest.$Properties;
        }

        /**
         * Properties of a PolicyLimits.
         * @deprecated Use sterna.control.PolicyLimits.$Properties instead.
         */
        interface IPolicyLimits extends sterna.control.PolicyLimits.$Properties {
        }

        /** Represents a PolicyLimits. */
        class PolicyLimits {

            /**
             * Constructs a new PolicyLimits.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.PolicyLimits.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PolicyLimits maxIterations. */
            maxIterations?: (number|null);

            /** PolicyLimits dirtyThresholdPages. */
            dirtyThresholdPages?: (number|null);

            /** PolicyLimits maxDowntimeMs. */
            maxDowntimeMs?: (number|null);

            /**
             * Encodes the specified PolicyLimits message. Does not implicitly {@link sterna.control.PolicyLimits.verify|verify} messages.
             * @param message PolicyLimits message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.PolicyLimits.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PolicyLimits message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.PolicyLimits & sterna.control.PolicyLimits.$Shape} PolicyLimits
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.PolicyLimits & sterna.control.PolicyLimits.$Shape;

            /**
             * Gets the type url for PolicyLimits
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PolicyLimits {

            /** Properties of a PolicyLimits. */
            interface $Properties {

                /** PolicyLimits maxIterations */
                maxIterations?: (number|null);

                /** PolicyLimits dirtyThresholdPages */
                dirtyThresholdPages?: (number|null);

                /** PolicyLimits maxDowntimeMs */
                maxDowntimeMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PolicyLimits. */
            type $Shape = sterna.control.PolicyLimits.$Properties;
        }

        /**
         * Properties of a MigrationCommand.
         * @deprecated Use sterna.control.MigrationCommand.$Properties instead.
         */
        interface IMigrationCommand extends sterna.control.MigrationCommand.$Properties {
        }

        /** Represents a MigrationCommand. */
        class MigrationCommand {

            /**
             * Constructs a new MigrationCommand.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.MigrationCommand.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MigrationCommand id. */
            id: string;

            /** MigrationCommand action. */
            action: sterna.control.MigrationCommand.Action;

            /**
             * Encodes the specified MigrationCommand message. Does not implicitly {@link sterna.control.MigrationCommand.verify|verify} messages.
             * @param message MigrationCommand message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.MigrationCommand.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MigrationCommand message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.MigrationCommand & sterna.control.MigrationCommand.$Shape} MigrationCommand
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.MigrationCommand & sterna.control.MigrationCommand.$Shape;

            /**
             * Gets the type url for MigrationCommand
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MigrationCommand {

            /** Properties of a MigrationCommand. */
            interface $Properties {

                /** MigrationCommand id */
                id?: (string|null);

                /** MigrationCommand action */
                action?: (sterna.control.MigrationCommand.Action|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MigrationCommand. */
            type $Shape = sterna.control.MigrationCommand.$Properties;

            /** Action enum. */
            enum Action {

                /** NONE value */
                NONE = 0,

                /** ABORT value */
                ABORT = 1,

                /** STOP_AND_COPY value */
                STOP_AND_COPY = 2
            }
        }

        /**
         * Properties of a StatusRequest.
         * @deprecated Use sterna.control.StatusRequest.$Properties instead.
         */
        interface IStatusRequest extends sterna.control.StatusRequest.$Properties {
        }

        /** Represents a StatusRequest. */
        class StatusRequest {

            /**
             * Constructs a new StatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.StatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StatusRequest id. */
            id: string;

            /**
             * Encodes the specified StatusRequest message. Does not implicitly {@link sterna.control.StatusRequest.verify|verify} messages.
             * @param message StatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.StatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.StatusRequest & sterna.control.StatusRequest.$Shape} StatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.StatusRequest & sterna.control.StatusRequest.$Shape;

            /**
             * Gets the type url for StatusRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace StatusRequest {

            /** Properties of a StatusRequest. */
            interface $Properties {

                /** StatusRequest id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StatusRequest. */
            type $Shape = sterna.control.StatusRequest.$Properties;
        }

        /**
         * Properties of a StatusReply.
         * @deprecated Use sterna.control.StatusReply.$Properties instead.
         */
        interface IStatusReply extends sterna.control.StatusReply.$Properties {
        }

        /** Represents a StatusReply. */
        class StatusReply {

            /**
             * Constructs a new StatusReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.StatusReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StatusReply migrations. */
            migrations: sterna.control.MigrationStatus.$Properties[];

            /**
             * Encodes the specified StatusReply message. Does not implicitly {@link sterna.control.StatusReply.verify|verify} messages.
             * @param message StatusReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.StatusReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StatusReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.StatusReply & sterna.control.StatusReply.$Shape} StatusReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.StatusReply & sterna.control.StatusReply.$Shape;

            /**
             * Gets the type url for StatusReply
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace StatusReply {

            /** Properties of a StatusReply. */
            interface $Properties {

                /** StatusReply migrations */
                migrations?: (sterna.control.MigrationStatus.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StatusReply. */
            type $Shape = sterna.control.StatusReply.$Properties;
        }

        /**
         * Properties of a WatchRequest.
         * @deprecated Use sterna.control.WatchRequest.$Properties instead.
         */
        interface IWatchRequest extends sterna.control.WatchRequest.$Properties {
        }

        /** Represents a WatchRequest. */
        class WatchRequest {

            /**
             * Constructs a new WatchRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.WatchRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WatchRequest id. */
            id: string;

            /**
             * Encodes the specified WatchRequest message. Does not implicitly {@link sterna.control.WatchRequest.verify|verify} messages.
             * @param message WatchRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.WatchRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WatchRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.WatchRequest & sterna.control.WatchRequest.$Shape} WatchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.WatchRequest & sterna.control.WatchRequest.$Shape;

            /**
             * Gets the type url for WatchRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace WatchRequest {

            /** Properties of a WatchRequest. */
            interface $Properties {

                /** WatchRequest id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WatchRequest. */
            type $Shape = sterna.control.WatchRequest.$Properties;
        }

        /**
         * Properties of a MigrationStatus.
         * @deprecated Use sterna.control.MigrationStatus.$Properties instead.
         */
        interface IMigrationStatus extends sterna.control.MigrationStatus.$Properties {
        }

        /** Represents a MigrationStatus. */
        class MigrationStatus {

            /**
             * Constructs a new MigrationStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.MigrationStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MigrationStatus id. */
            id: string;

            /** MigrationStatus domain. */
            domain: string;

            /** MigrationStatus direction. */
            direction: string;

            /** MigrationStatus peer. */
            peer: string;

            /** MigrationStatus phase. */
            phase: string;

            /** MigrationStatus iteration. */
            iteration: number;

            /** MigrationStatus totalPages. */
            totalPages: number;

            /** MigrationStatus pagesSent. */
            pagesSent: number;

            /** MigrationStatus bytesSent. */
            bytesSent: number;

            /** MigrationStatus dirtyPages. */
            dirtyPages?: (number|null);

            /** MigrationStatus remainingPages. */
            remainingPages: number;

            /** MigrationStatus elapsedMs. */
            elapsedMs: number;

            /** MigrationStatus bandwidthBytesPerSecond. */
            bandwidthBytesPerSecond: number;

            /** MigrationStatus dirtyBytesPerSecond. */
            dirtyBytesPerSecond: number;

            /** MigrationStatus expectedDowntimeMs. */
            expectedDowntimeMs?: (number|null);

            /** MigrationStatus tracker. */
            tracker: string;

            /** MigrationStatus reason. */
            reason: string;

            /** MigrationStatus result. */
            result?: (sterna.control.MigrationResult.$Properties|null);

            /**
             * Encodes the specified MigrationStatus message. Does not implicitly {@link sterna.control.MigrationStatus.verify|verify} messages.
             * @param message MigrationStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.MigrationStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MigrationStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.MigrationStatus & sterna.control.MigrationStatus.$Shape} MigrationStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.MigrationStatus & sterna.control.MigrationStatus.$Shape;

            /**
             * Gets the type url for MigrationStatus
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MigrationStatus {

            /** Properties of a MigrationStatus. */
            interface $Properties {

                /** MigrationStatus id */
                id?: (string|null);

                /** MigrationStatus domain */
                domain?: (string|null);

                /** MigrationStatus direction */
                direction?: (string|null);

                /** MigrationStatus peer */
                peer?: (string|null);

                /** MigrationStatus phase */
                phase?: (string|null);

                /** MigrationStatus iteration */
                iteration?: (number|null);

                /** MigrationStatus totalPages */
                totalPages?: (number|null);

                /** MigrationStatus pagesSent */
                pagesSent?: (number|null);

                /** MigrationStatus bytesSent */
                bytesSent?: (number|null);

                /** MigrationStatus dirtyPages */
                dirtyPages?: (number|null);

                /** MigrationStatus remainingPages */
                remainingPages?: (number|null);

                /** MigrationStatus elapsedMs */
                elapsedMs?: (number|null);

                /** MigrationStatus bandwidthBytesPerSecond */
                bandwidthBytesPerSecond?: (number|null);

                /** MigrationStatus dirtyBytesPerSecond */
                dirtyBytesPerSecond?: (number|null);

                /** MigrationStatus expectedDowntimeMs */
                expectedDowntimeMs?: (number|null);

                /** MigrationStatus tracker */
                tracker?: (string|null);

                /** MigrationStatus reason */
                reason?: (string|null);

                /** MigrationStatus result */
                result?: (sterna.control.MigrationResult.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MigrationStatus. */
            type $Shape = sterna.control.MigrationStatus.$Properties;
        }

        /**
         * Properties of a MigrationResult.
         * @deprecated Use sterna.control.MigrationResult.$Properties instead.
         */
        interface IMigrationResult extends sterna.control.MigrationResult.$Properties {
        }

        /** Represents a MigrationResult. */
        class MigrationResult {

            /**
             * Constructs a new MigrationResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.MigrationResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MigrationResult id. */
            id: string;

            /** MigrationResult domain. */
            domain: string;

            /** MigrationResult outcome. */
            outcome: string;

            /** MigrationResult runsOn. */
            runsOn: string;

            /** MigrationResult totalMs. */
            totalMs: number;

            /** MigrationResult downtimeMs. */
            downtimeMs?: (number|null);

            /** MigrationResult iterations. */
            iterations: number;

            /** MigrationResult pagesSent. */
            pagesSent: number;

            /** MigrationResult bytesSent. */
            bytesSent: number;

            /** MigrationResult error. */
            error?: (sterna.control.Fault.$Properties|null);

            /** MigrationResult downtimeParts. */
            downtimeParts?: (sterna.control.DowntimeParts.$Properties|null);

            /**
             * Encodes the specified MigrationResult message. Does not implicitly {@link sterna.control.MigrationResult.verify|verify} messages.
             * @param message MigrationResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.MigrationResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MigrationResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.MigrationResult & sterna.control.MigrationResult.$Shape} MigrationResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.MigrationResult & sterna.control.MigrationResult.$Shape;

            /**
             * Gets the type url for MigrationResult
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MigrationResult {

            /** Properties of a MigrationResult. */
            interface $Properties {

                /** MigrationResult id */
                id?: (string|null);

                /** MigrationResult domain */
                domain?: (string|null);

                /** MigrationResult outcome */
                outcome?: (string|null);

                /** MigrationResult runsOn */
                runsOn?: (string|null);

                /** MigrationResult totalMs */
                totalMs?: (number|null);

                /** MigrationResult downtimeMs */
                downtimeMs?: (number|null);

                /** MigrationResult iterations */
                iterations?: (number|null);

                /** MigrationResult pagesSent */
                pagesSent?: (number|null);

                /** MigrationResult bytesSent */
                bytesSent?: (number|null);

                /** MigrationResult error */
                error?: (sterna.control.Fault.$Properties|null);

                /** MigrationResult downtimeParts */
                downtimeParts?: (sterna.control.DowntimeParts.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MigrationResult. */
            type $Shape = sterna.control.MigrationResult.$Properties;
        }

        /**
         * Properties of a DowntimeParts.
         * @deprecated Use sterna.control.DowntimeParts.$Properties instead.
         */
        interface IDowntimeParts extends sterna.control.DowntimeParts.$Properties {
        }

        /** Represents a DowntimeParts. */
        class DowntimeParts {

            /**
             * Constructs a new DowntimeParts.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.DowntimeParts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DowntimeParts pause. */
            pause: number;

            /** DowntimeParts scan. */
            scan: number;

            /** DowntimeParts copy. */
            copy: number;

            /** DowntimeParts deviceState. */
            deviceState: number;

            /** DowntimeParts load. */
            load: number;

            /** DowntimeParts hook. */
            hook: number;

            /** DowntimeParts handover. */
            handover: number;

            /**
             * Encodes the specified DowntimeParts message. Does not implicitly {@link sterna.control.DowntimeParts.verify|verify} messages.
             * @param message DowntimeParts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.DowntimeParts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DowntimeParts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.DowntimeParts & sterna.control.DowntimeParts.$Shape} DowntimeParts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.DowntimeParts & sterna.control.DowntimeParts.$Shape;

            /**
             * Gets the type url for DowntimeParts
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DowntimeParts {

            /** Properties of a DowntimeParts. */
            interface $Properties {

                /** DowntimeParts pause */
                pause?: (number|null);

                /** DowntimeParts scan */
                scan?: (number|null);

                /** DowntimeParts copy */
                copy?: (number|null);

                /** DowntimeParts deviceState */
                deviceState?: (number|null);

                /** DowntimeParts load */
                load?: (number|null);

                /** DowntimeParts hook */
                hook?: (number|null);

                /** DowntimeParts handover */
                handover?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DowntimeParts. */
            type $Shape = sterna.control.DowntimeParts.$Properties;
        }

        /**
         * Properties of a DomainInfo.
         * @deprecated Use sterna.control.DomainInfo.$Properties instead.
         */
        interface IDomainInfo extends sterna.control.DomainInfo.$Properties {
        }

        /** Represents a DomainInfo. */
        class DomainInfo {

            /**
             * Constructs a new DomainInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.DomainInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DomainInfo name. */
            name: string;

            /** DomainInfo uuid. */
            uuid: string;

            /** DomainInfo kind. */
            kind: string;

            /** DomainInfo state. */
            state: string;

            /** DomainInfo memoryBytes. */
            memoryBytes: number;

            /** DomainInfo pid. */
            pid: number;

            /** DomainInfo incarnation. */
            incarnation: number;

            /** DomainInfo detailJson. */
            detailJson: string;

            /**
             * Encodes the specified DomainInfo message. Does not implicitly {@link sterna.control.DomainInfo.verify|verify} messages.
             * @param message DomainInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.DomainInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DomainInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.DomainInfo & sterna.control.DomainInfo.$Shape} DomainInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.DomainInfo & sterna.control.DomainInfo.$Shape;

            /**
             * Gets the type url for DomainInfo
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DomainInfo {

            /** Properties of a DomainInfo. */
            interface $Properties {

                /** DomainInfo name */
                name?: (string|null);

                /** DomainInfo uuid */
                uuid?: (string|null);

                /** DomainInfo kind */
                kind?: (string|null);

                /** DomainInfo state */
                state?: (string|null);

                /** DomainInfo memoryBytes */
                memoryBytes?: (number|null);

                /** DomainInfo pid */
                pid?: (number|null);

                /** DomainInfo incarnation */
                incarnation?: (number|null);

                /** DomainInfo detailJson */
                detailJson?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DomainInfo. */
            type $Shape = sterna.control.DomainInfo.$Properties;
        }

        /**
         * Properties of a DomainListRequest.
         * @deprecated Use sterna.control.DomainListRequest.$Properties instead.
         */
        interface IDomainListRequest extends sterna.control.DomainListRequest.$Properties {
        }

        /** Represents a DomainListRequest. */
        class DomainListRequest {

            /**
             * Constructs a new DomainListRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.DomainListRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DomainListRequest name. */
            name: string;

            /**
             * Encodes the specified DomainListRequest message. Does not implicitly {@link sterna.control.DomainListRequest.verify|verify} messages.
             * @param message DomainListRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.DomainListRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DomainListRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.DomainListRequest & sterna.control.DomainListRequest.$Shape} DomainListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.DomainListRequest & sterna.control.DomainListRequest.$Shape;

            /**
             * Gets the type url for DomainListRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DomainListRequest {

            /** Properties of a DomainListRequest. */
            interface $Properties {

                /** DomainListRequest name */
                name?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DomainListRequest. */
            type $Shape = sterna.control.DomainListRequest.$Properties;
        }

        /**
         * Properties of a DomainListReply.
         * @deprecated Use sterna.control.DomainListReply.$Properties instead.
         */
        interface IDomainListReply extends sterna.control.DomainListReply.$Properties {
        }

        /** Represents a DomainListReply. */
        class DomainListReply {

            /**
             * Constructs a new DomainListReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.DomainListReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DomainListReply domains. */
            domains: sterna.control.DomainInfo.$Properties[];

            /** DomainListReply host. */
            host: string;

            /**
             * Encodes the specified DomainListReply message. Does not implicitly {@link sterna.control.DomainListReply.verify|verify} messages.
             * @param message DomainListReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.DomainListReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DomainListReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.DomainListReply & sterna.control.DomainListReply.$Shape} DomainListReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.DomainListReply & sterna.control.DomainListReply.$Shape;

            /**
             * Gets the type url for DomainListReply
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DomainListReply {

            /** Properties of a DomainListReply. */
            interface $Properties {

                /** DomainListReply domains */
                domains?: (sterna.control.DomainInfo.$Properties[]|null);

                /** DomainListReply host */
                host?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DomainListReply. */
            type $Shape = sterna.control.DomainListReply.$Properties;
        }

        /**
         * Properties of a DomainCreateRequest.
         * @deprecated Use sterna.control.DomainCreateRequest.$Properties instead.
         */
        interface IDomainCreateRequest extends sterna.control.DomainCreateRequest.$Properties {
        }

        /** Represents a DomainCreateRequest. */
        class DomainCreateRequest {

            /**
             * Constructs a new DomainCreateRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.DomainCreateRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DomainCreateRequest definitionJson. */
            definitionJson: string;

            /** DomainCreateRequest paused. */
            paused: boolean;

            /**
             * Encodes the specified DomainCreateRequest message. Does not implicitly {@link sterna.control.DomainCreateRequest.verify|verify} messages.
             * @param message DomainCreateRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.DomainCreateRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DomainCreateRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.DomainCreateRequest & sterna.control.DomainCreateRequest.$Shape} DomainCreateRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.DomainCreateRequest & sterna.control.DomainCreateRequest.$Shape;

            /**
             * Gets the type url for DomainCreateRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DomainCreateRequest {

            /** Properties of a DomainCreateRequest. */
            interface $Properties {

                /** DomainCreateRequest definitionJson */
                definitionJson?: (string|null);

                /** DomainCreateRequest paused */
                paused?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DomainCreateRequest. */
            type $Shape = sterna.control.DomainCreateRequest.$Properties;
        }

        /**
         * Properties of a DomainReply.
         * @deprecated Use sterna.control.DomainReply.$Properties instead.
         */
        interface IDomainReply extends sterna.control.DomainReply.$Properties {
        }

        /** Represents a DomainReply. */
        class DomainReply {

            /**
             * Constructs a new DomainReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.DomainReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DomainReply domain. */
            domain?: (sterna.control.DomainInfo.$Properties|null);

            /**
             * Encodes the specified DomainReply message. Does not implicitly {@link sterna.control.DomainReply.verify|verify} messages.
             * @param message DomainReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.DomainReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DomainReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.DomainReply & sterna.control.DomainReply.$Shape} DomainReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.DomainReply & sterna.control.DomainReply.$Shape;

            /**
             * Gets the type url for DomainReply
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DomainReply {

            /** Properties of a DomainReply. */
            interface $Properties {

                /** DomainReply domain */
                domain?: (sterna.control.DomainInfo.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DomainReply. */
            type $Shape = sterna.control.DomainReply.$Properties;
        }

        /**
         * Properties of a DomainCommand.
         * @deprecated Use sterna.control.DomainCommand.$Properties instead.
         */
        interface IDomainCommand extends sterna.control.DomainCommand.$Properties {
        }

        /** Represents a DomainCommand. */
        class DomainCommand {

            /**
             * Constructs a new DomainCommand.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.DomainCommand.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DomainCommand name. */
            name: string;

            /** DomainCommand action. */
            action: sterna.control.DomainCommand.Action;

            /**
             * Encodes the specified DomainCommand message. Does not implicitly {@link sterna.control.DomainCommand.verify|verify} messages.
             * @param message DomainCommand message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.DomainCommand.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DomainCommand message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.DomainCommand & sterna.control.DomainCommand.$Shape} DomainCommand
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.DomainCommand & sterna.control.DomainCommand.$Shape;

            /**
             * Gets the type url for DomainCommand
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DomainCommand {

            /** Properties of a DomainCommand. */
            interface $Properties {

                /** DomainCommand name */
                name?: (string|null);

                /** DomainCommand action */
                action?: (sterna.control.DomainCommand.Action|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DomainCommand. */
            type $Shape = sterna.control.DomainCommand.$Properties;

            /** Action enum. */
            enum Action {

                /** NONE value */
                NONE = 0,

                /** SHOW value */
                SHOW = 1,

                /** DESTROY value */
                DESTROY = 2,

                /** PAUSE value */
                PAUSE = 3,

                /** RESUME value */
                RESUME = 4,

                /** CHECK value */
                CHECK = 5
            }
        }

        /**
         * Properties of a DomainOutputRequest.
         * @deprecated Use sterna.control.DomainOutputRequest.$Properties instead.
         */
        interface IDomainOutputRequest extends sterna.control.DomainOutputRequest.$Properties {
        }

        /** Represents a DomainOutputRequest. */
        class DomainOutputRequest {

            /**
             * Constructs a new DomainOutputRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.DomainOutputRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DomainOutputRequest name. */
            name: string;

            /** DomainOutputRequest follow. */
            follow: boolean;

            /**
             * Encodes the specified DomainOutputRequest message. Does not implicitly {@link sterna.control.DomainOutputRequest.verify|verify} messages.
             * @param message DomainOutputRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.DomainOutputRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DomainOutputRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.DomainOutputRequest & sterna.control.DomainOutputRequest.$Shape} DomainOutputRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.DomainOutputRequest & sterna.control.DomainOutputRequest.$Shape;

            /**
             * Gets the type url for DomainOutputRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DomainOutputRequest {

            /** Properties of a DomainOutputRequest. */
            interface $Properties {

                /** DomainOutputRequest name */
                name?: (string|null);

                /** DomainOutputRequest follow */
                follow?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DomainOutputRequest. */
            type $Shape = sterna.control.DomainOutputRequest.$Properties;
        }

        /**
         * Properties of an OutputChunk.
         * @deprecated Use sterna.control.OutputChunk.$Properties instead.
         */
        interface IOutputChunk extends sterna.control.OutputChunk.$Properties {
        }

        /** Represents an OutputChunk. */
        class OutputChunk {

            /**
             * Constructs a new OutputChunk.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.OutputChunk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OutputChunk data. */
            data: Uint8Array;

            /**
             * Encodes the specified OutputChunk message. Does not implicitly {@link sterna.control.OutputChunk.verify|verify} messages.
             * @param message OutputChunk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.OutputChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OutputChunk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.OutputChunk & sterna.control.OutputChunk.$Shape} OutputChunk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.OutputChunk & sterna.control.OutputChunk.$Shape;

            /**
             * Gets the type url for OutputChunk
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace OutputChunk {

            /** Properties of an OutputChunk. */
            interface $Properties {

                /** OutputChunk data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OutputChunk. */
            type $Shape = sterna.control.OutputChunk.$Properties;
        }

        /**
         * Properties of a SaveRequest.
         * @deprecated Use sterna.control.SaveRequest.$Properties instead.
         */
        interface ISaveRequest extends sterna.control.SaveRequest.$Properties {
        }

        /** Represents a SaveRequest. */
        class SaveRequest {

            /**
             * Constructs a new SaveRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.SaveRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SaveRequest domain. */
            domain: string;

            /** SaveRequest file. */
            file: string;

            /** SaveRequest checkpoint. */
            checkpoint: boolean;

            /** SaveRequest detach. */
            detach: boolean;

            /**
             * Encodes the specified SaveRequest message. Does not implicitly {@link sterna.control.SaveRequest.verify|verify} messages.
             * @param message SaveRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.SaveRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SaveRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.SaveRequest & sterna.control.SaveRequest.$Shape} SaveRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.SaveRequest & sterna.control.SaveRequest.$Shape;

            /**
             * Gets the type url for SaveRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SaveRequest {

            /** Properties of a SaveRequest. */
            interface $Properties {

                /** SaveRequest domain */
                domain?: (string|null);

                /** SaveRequest file */
                file?: (string|null);

                /** SaveRequest checkpoint */
                checkpoint?: (boolean|null);

                /** SaveRequest detach */
                detach?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SaveRequest. */
            type $Shape = sterna.control.SaveRequest.$Properties;
        }

        /**
         * Properties of a RestoreRequest.
         * @deprecated Use sterna.control.RestoreRequest.$Properties instead.
         */
        interface IRestoreRequest extends sterna.control.RestoreRequest.$Properties {
        }

        /** Represents a RestoreRequest. */
        class RestoreRequest {

            /**
             * Constructs a new RestoreRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.RestoreRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RestoreRequest file. */
            file: string;

            /** RestoreRequest name. */
            name: string;

            /** RestoreRequest paused. */
            paused: boolean;

            /**
             * Encodes the specified RestoreRequest message. Does not implicitly {@link sterna.control.RestoreRequest.verify|verify} messages.
             * @param message RestoreRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.RestoreRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RestoreRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.RestoreRequest & sterna.control.RestoreRequest.$Shape} RestoreRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.RestoreRequest & sterna.control.RestoreRequest.$Shape;

            /**
             * Gets the type url for RestoreRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RestoreRequest {

            /** Properties of a RestoreRequest. */
            interface $Properties {

                /** RestoreRequest file */
                file?: (string|null);

                /** RestoreRequest name */
                name?: (string|null);

                /** RestoreRequest paused */
                paused?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RestoreRequest. */
            type $Shape = sterna.control.RestoreRequest.$Properties;
        }

        /**
         * Properties of a RestoreResult.
         * @deprecated Use sterna.control.RestoreResult.$Properties instead.
         */
        interface IRestoreResult extends sterna.control.RestoreResult.$Properties {
        }

        /** Represents a RestoreResult. */
        class RestoreResult {

            /**
             * Constructs a new RestoreResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.RestoreResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RestoreResult domain. */
            domain?: (sterna.control.DomainInfo.$Properties|null);

            /** RestoreResult totalMs. */
            totalMs: number;

            /** RestoreResult pages. */
            pages: number;

            /** RestoreResult bytes. */
            bytes: number;

            /** RestoreResult checkpoints. */
            checkpoints: number;

            /**
             * Encodes the specified RestoreResult message. Does not implicitly {@link sterna.control.RestoreResult.verify|verify} messages.
             * @param message RestoreResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.RestoreResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RestoreResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.RestoreResult & sterna.control.RestoreResult.$Shape} RestoreResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.RestoreResult & sterna.control.RestoreResult.$Shape;

            /**
             * Gets the type url for RestoreResult
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RestoreResult {

            /** Properties of a RestoreResult. */
            interface $Properties {

                /** RestoreResult domain */
                domain?: (sterna.control.DomainInfo.$Properties|null);

                /** RestoreResult totalMs */
                totalMs?: (number|null);

                /** RestoreResult pages */
                pages?: (number|null);

                /** RestoreResult bytes */
                bytes?: (number|null);

                /** RestoreResult checkpoints */
                checkpoints?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RestoreResult. */
            type $Shape = sterna.control.RestoreResult.$Properties;
        }

        /**
         * Properties of a HostsRequest.
         * @deprecated Use sterna.control.HostsRequest.$Properties instead.
         */
        interface IHostsRequest extends sterna.control.HostsRequest.$Properties {
        }

        /** Represents a HostsRequest. */
        class HostsRequest {

            /**
             * Constructs a new HostsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.HostsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HostsRequest probe. */
            probe: boolean;

            /**
             * Encodes the specified HostsRequest message. Does not implicitly {@link sterna.control.HostsRequest.verify|verify} messages.
             * @param message HostsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.HostsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HostsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.HostsRequest & sterna.control.HostsRequest.$Shape} HostsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.HostsRequest & sterna.control.HostsRequest.$Shape;

            /**
             * Gets the type url for HostsRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HostsRequest {

            /** Properties of a HostsRequest. */
            interface $Properties {

                /** HostsRequest probe */
                probe?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HostsRequest. */
            type $Shape = sterna.control.HostsRequest.$Properties;
        }

        /**
         * Properties of a HostsReply.
         * @deprecated Use sterna.control.HostsReply.$Properties instead.
         */
        interface IHostsReply extends sterna.control.HostsReply.$Properties {
        }

        /** Represents a HostsReply. */
        class HostsReply {

            /**
             * Constructs a new HostsReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.HostsReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HostsReply self. */
            self: string;

            /** HostsReply hosts. */
            hosts: sterna.control.HostInfo.$Properties[];

            /**
             * Encodes the specified HostsReply message. Does not implicitly {@link sterna.control.HostsReply.verify|verify} messages.
             * @param message HostsReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.HostsReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HostsReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.HostsReply & sterna.control.HostsReply.$Shape} HostsReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.HostsReply & sterna.control.HostsReply.$Shape;

            /**
             * Gets the type url for HostsReply
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HostsReply {

            /** Properties of a HostsReply. */
            interface $Properties {

                /** HostsReply self */
                self?: (string|null);

                /** HostsReply hosts */
                hosts?: (sterna.control.HostInfo.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HostsReply. */
            type $Shape = sterna.control.HostsReply.$Properties;
        }

        /**
         * Properties of a HostInfo.
         * @deprecated Use sterna.control.HostInfo.$Properties instead.
         */
        interface IHostInfo extends sterna.control.HostInfo.$Properties {
        }

        /** Represents a HostInfo. */
        class HostInfo {

            /**
             * Constructs a new HostInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.HostInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HostInfo name. */
            name: string;

            /** HostInfo address. */
            address: string;

            /** HostInfo state. */
            state: string;

            /** HostInfo detail. */
            detail: string;

            /** HostInfo roundTripMs. */
            roundTripMs: number;

            /**
             * Encodes the specified HostInfo message. Does not implicitly {@link sterna.control.HostInfo.verify|verify} messages.
             * @param message HostInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.HostInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HostInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.HostInfo & sterna.control.HostInfo.$Shape} HostInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.HostInfo & sterna.control.HostInfo.$Shape;

            /**
             * Gets the type url for HostInfo
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HostInfo {

            /** Properties of a HostInfo. */
            interface $Properties {

                /** HostInfo name */
                name?: (string|null);

                /** HostInfo address */
                address?: (string|null);

                /** HostInfo state */
                state?: (string|null);

                /** HostInfo detail */
                detail?: (string|null);

                /** HostInfo roundTripMs */
                roundTripMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HostInfo. */
            type $Shape = sterna.control.HostInfo.$Properties;
        }

        /**
         * Properties of a PrepareRequest.
         * @deprecated Use sterna.control.PrepareRequest.$Properties instead.
         */
        interface IPrepareRequest extends sterna.control.PrepareRequest.$Properties {
        }

        /** Represents a PrepareRequest. */
        class PrepareRequest {

            /**
             * Constructs a new PrepareRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.PrepareRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PrepareRequest migrationId. */
            migrationId: string;

            /** PrepareRequest incarnation. */
            incarnation: number;

            /** PrepareRequest definitionJson. */
            definitionJson: string;

            /** PrepareRequest stream. */
            stream: string;

            /** PrepareRequest guestType. */
            guestType: string;

            /** PrepareRequest streamVersion. */
            streamVersion: number;

            /** PrepareRequest populatedPages. */
            populatedPages: number;

            /** PrepareRequest paused. */
            paused: boolean;

            /** PrepareRequest windowBytes. */
            windowBytes: number;

            /**
             * Encodes the specified PrepareRequest message. Does not implicitly {@link sterna.control.PrepareRequest.verify|verify} messages.
             * @param message PrepareRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.PrepareRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PrepareRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.PrepareRequest & sterna.control.PrepareRequest.$Shape} PrepareRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.PrepareRequest & sterna.control.PrepareRequest.$Shape;

            /**
             * Gets the type url for PrepareRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PrepareRequest {

            /** Properties of a PrepareRequest. */
            interface $Properties {

                /** PrepareRequest migrationId */
                migrationId?: (string|null);

                /** PrepareRequest incarnation */
                incarnation?: (number|null);

                /** PrepareRequest definitionJson */
                definitionJson?: (string|null);

                /** PrepareRequest stream */
                stream?: (string|null);

                /** PrepareRequest guestType */
                guestType?: (string|null);

                /** PrepareRequest streamVersion */
                streamVersion?: (number|null);

                /** PrepareRequest populatedPages */
                populatedPages?: (number|null);

                /** PrepareRequest paused */
                paused?: (boolean|null);

                /** PrepareRequest windowBytes */
                windowBytes?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PrepareRequest. */
            type $Shape = sterna.control.PrepareRequest.$Properties;
        }

        /**
         * Properties of a PrepareReply.
         * @deprecated Use sterna.control.PrepareReply.$Properties instead.
         */
        interface IPrepareReply extends sterna.control.PrepareReply.$Properties {
        }

        /** Represents a PrepareReply. */
        class PrepareReply {

            /**
             * Constructs a new PrepareReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.PrepareReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PrepareReply dataPort. */
            dataPort: number;

            /** PrepareReply token. */
            token: Uint8Array;

            /** PrepareReply windowBytes. */
            windowBytes: number;

            /**
             * Encodes the specified PrepareReply message. Does not implicitly {@link sterna.control.PrepareReply.verify|verify} messages.
             * @param message PrepareReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.PrepareReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PrepareReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.PrepareReply & sterna.control.PrepareReply.$Shape} PrepareReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.PrepareReply & sterna.control.PrepareReply.$Shape;

            /**
             * Gets the type url for PrepareReply
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PrepareReply {

            /** Properties of a PrepareReply. */
            interface $Properties {

                /** PrepareReply dataPort */
                dataPort?: (number|null);

                /** PrepareReply token */
                token?: (Uint8Array|null);

                /** PrepareReply windowBytes */
                windowBytes?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PrepareReply. */
            type $Shape = sterna.control.PrepareReply.$Properties;
        }

        /**
         * Properties of a ReadyEvent.
         * @deprecated Use sterna.control.ReadyEvent.$Properties instead.
         */
        interface IReadyEvent extends sterna.control.ReadyEvent.$Properties {
        }

        /** Represents a ReadyEvent. */
        class ReadyEvent {

            /**
             * Constructs a new ReadyEvent.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.ReadyEvent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReadyEvent incarnation. */
            incarnation: number;

            /** ReadyEvent pagesReceived. */
            pagesReceived: number;

            /** ReadyEvent bytesReceived. */
            bytesReceived: number;

            /** ReadyEvent loadMs. */
            loadMs: number;

            /**
             * Encodes the specified ReadyEvent message. Does not implicitly {@link sterna.control.ReadyEvent.verify|verify} messages.
             * @param message ReadyEvent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.ReadyEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReadyEvent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.ReadyEvent & sterna.control.ReadyEvent.$Shape} ReadyEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.ReadyEvent & sterna.control.ReadyEvent.$Shape;

            /**
             * Gets the type url for ReadyEvent
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ReadyEvent {

            /** Properties of a ReadyEvent. */
            interface $Properties {

                /** ReadyEvent incarnation */
                incarnation?: (number|null);

                /** ReadyEvent pagesReceived */
                pagesReceived?: (number|null);

                /** ReadyEvent bytesReceived */
                bytesReceived?: (number|null);

                /** ReadyEvent loadMs */
                loadMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReadyEvent. */
            type $Shape = sterna.control.ReadyEvent.$Properties;
        }

        /**
         * Properties of a GoRequest.
         * @deprecated Use sterna.control.GoRequest.$Properties instead.
         */
        interface IGoRequest extends sterna.control.GoRequest.$Properties {
        }

        /** Represents a GoRequest. */
        class GoRequest {

            /**
             * Constructs a new GoRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.GoRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GoRequest migrationId. */
            migrationId: string;

            /** GoRequest incarnation. */
            incarnation: number;

            /**
             * Encodes the specified GoRequest message. Does not implicitly {@link sterna.control.GoRequest.verify|verify} messages.
             * @param message GoRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.GoRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GoRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.GoRequest & sterna.control.GoRequest.$Shape} GoRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.GoRequest & sterna.control.GoRequest.$Shape;

            /**
             * Gets the type url for GoRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace GoRequest {

            /** Properties of a GoRequest. */
            interface $Properties {

                /** GoRequest migrationId */
                migrationId?: (string|null);

                /** GoRequest incarnation */
                incarnation?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GoRequest. */
            type $Shape = sterna.control.GoRequest.$Properties;
        }

        /**
         * Properties of a RunningReply.
         * @deprecated Use sterna.control.RunningReply.$Properties instead.
         */
        interface IRunningReply extends sterna.control.RunningReply.$Properties {
        }

        /** Represents a RunningReply. */
        class RunningReply {

            /**
             * Constructs a new RunningReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.RunningReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RunningReply incarnation. */
            incarnation: number;

            /** RunningReply firstStepNs. */
            firstStepNs?: (number|null);

            /** RunningReply resumeMs. */
            resumeMs: number;

            /**
             * Encodes the specified RunningReply message. Does not implicitly {@link sterna.control.RunningReply.verify|verify} messages.
             * @param message RunningReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.RunningReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RunningReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.RunningReply & sterna.control.RunningReply.$Shape} RunningReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.RunningReply & sterna.control.RunningReply.$Shape;

            /**
             * Gets the type url for RunningReply
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RunningReply {

            /** Properties of a RunningReply. */
            interface $Properties {

                /** RunningReply incarnation */
                incarnation?: (number|null);

                /** RunningReply firstStepNs */
                firstStepNs?: (number|null);

                /** RunningReply resumeMs */
                resumeMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RunningReply. */
            type $Shape = sterna.control.RunningReply.$Properties;
        }

        /**
         * Properties of a ReceiverProgress.
         * @deprecated Use sterna.control.ReceiverProgress.$Properties instead.
         */
        interface IReceiverProgress extends sterna.control.ReceiverProgress.$Properties {
        }

        /** Represents a ReceiverProgress. */
        class ReceiverProgress {

            /**
             * Constructs a new ReceiverProgress.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.ReceiverProgress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReceiverProgress pagesReceived. */
            pagesReceived: number;

            /** ReceiverProgress bytesReceived. */
            bytesReceived: number;

            /**
             * Encodes the specified ReceiverProgress message. Does not implicitly {@link sterna.control.ReceiverProgress.verify|verify} messages.
             * @param message ReceiverProgress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.ReceiverProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReceiverProgress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.ReceiverProgress & sterna.control.ReceiverProgress.$Shape} ReceiverProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.ReceiverProgress & sterna.control.ReceiverProgress.$Shape;

            /**
             * Gets the type url for ReceiverProgress
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ReceiverProgress {

            /** Properties of a ReceiverProgress. */
            interface $Properties {

                /** ReceiverProgress pagesReceived */
                pagesReceived?: (number|null);

                /** ReceiverProgress bytesReceived */
                bytesReceived?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReceiverProgress. */
            type $Shape = sterna.control.ReceiverProgress.$Properties;
        }

        /**
         * Properties of a PeerAbort.
         * @deprecated Use sterna.control.PeerAbort.$Properties instead.
         */
        interface IPeerAbort extends sterna.control.PeerAbort.$Properties {
        }

        /** Represents a PeerAbort. */
        class PeerAbort {

            /**
             * Constructs a new PeerAbort.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.PeerAbort.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PeerAbort migrationId. */
            migrationId: string;

            /** PeerAbort fault. */
            fault?: (sterna.control.Fault.$Properties|null);

            /**
             * Encodes the specified PeerAbort message. Does not implicitly {@link sterna.control.PeerAbort.verify|verify} messages.
             * @param message PeerAbort message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.PeerAbort.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PeerAbort message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.PeerAbort & sterna.control.PeerAbort.$Shape} PeerAbort
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.PeerAbort & sterna.control.PeerAbort.$Shape;

            /**
             * Gets the type url for PeerAbort
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PeerAbort {

            /** Properties of a PeerAbort. */
            interface $Properties {

                /** PeerAbort migrationId */
                migrationId?: (string|null);

                /** PeerAbort fault */
                fault?: (sterna.control.Fault.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PeerAbort. */
            type $Shape = sterna.control.PeerAbort.$Properties;
        }

        /**
         * Properties of an OutcomeQuery.
         * @deprecated Use sterna.control.OutcomeQuery.$Properties instead.
         */
        interface IOutcomeQuery extends sterna.control.OutcomeQuery.$Properties {
        }

        /** Represents an OutcomeQuery. */
        class OutcomeQuery {

            /**
             * Constructs a new OutcomeQuery.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.OutcomeQuery.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OutcomeQuery migrationId. */
            migrationId: string;

            /** OutcomeQuery incarnation. */
            incarnation: number;

            /** OutcomeQuery declineIfReady. */
            declineIfReady: boolean;

            /**
             * Encodes the specified OutcomeQuery message. Does not implicitly {@link sterna.control.OutcomeQuery.verify|verify} messages.
             * @param message OutcomeQuery message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.OutcomeQuery.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OutcomeQuery message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.OutcomeQuery & sterna.control.OutcomeQuery.$Shape} OutcomeQuery
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.OutcomeQuery & sterna.control.OutcomeQuery.$Shape;

            /**
             * Gets the type url for OutcomeQuery
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace OutcomeQuery {

            /** Properties of an OutcomeQuery. */
            interface $Properties {

                /** OutcomeQuery migrationId */
                migrationId?: (string|null);

                /** OutcomeQuery incarnation */
                incarnation?: (number|null);

                /** OutcomeQuery declineIfReady */
                declineIfReady?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OutcomeQuery. */
            type $Shape = sterna.control.OutcomeQuery.$Properties;
        }

        /**
         * Properties of an OutcomeReply.
         * @deprecated Use sterna.control.OutcomeReply.$Properties instead.
         */
        interface IOutcomeReply extends sterna.control.OutcomeReply.$Properties {
        }

        /** Represents an OutcomeReply. */
        class OutcomeReply {

            /**
             * Constructs a new OutcomeReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: sterna.control.OutcomeReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OutcomeReply state. */
            state: string;

            /**
             * Encodes the specified OutcomeReply message. Does not implicitly {@link sterna.control.OutcomeReply.verify|verify} messages.
             * @param message OutcomeReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: sterna.control.OutcomeReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OutcomeReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {sterna.control.OutcomeReply & sterna.control.OutcomeReply.$Shape} OutcomeReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): sterna.control.OutcomeReply & sterna.control.OutcomeReply.$Shape;

            /**
             * Gets the type url for OutcomeReply
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace OutcomeReply {

            /** Properties of an OutcomeReply. */
            interface $Properties {

                /** OutcomeReply state */
                state?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OutcomeReply. */
            type $Shape = sterna.control.OutcomeReply.$Properties;
        }
    }
}
