// Made by npm run types from the server's OpenAPI document; not written by hand.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What a report is about, for people. */
        About: {
            /** @description The parameter. */
            name: string;
            /** @description What it is set to, in words. */
            text: string;
            /** @description Its title. */
            title: string;
        };
        /** @description Why a file is accepted, and what was seen of it. */
        AcceptRequest: {
            /** @description `plan` of the view that was looked at: if the ledger moved since, nothing is written. */
            plan?: string | null;
            /** @description Why; the file's name when nothing is said. */
            why?: string;
        };
        /** @description What accepting gave. A file of which nothing can be written yet goes on waiting. */
        AcceptedView: {
            /** @description How many entries were written. */
            entries: number;
            /** @description How many names now wait for a person. */
            queue: number;
            /**
             * Format: int64
             * @description The revision; none when the file changed nothing.
             */
            revision?: number | null;
        };
        /**
         * @description What can be done with a demand.
         * @enum {string}
         */
        Act: "accept" | "dispatch" | "suspend" | "resume" | "answer" | "rate" | "reopen" | "close" | "escalate" | "return";
        /** @description An action that was done. */
        ActionDone: {
            /** @description The day; today where none is given. */
            on?: string | null;
            /**
             * Format: int32
             * @description The version of the action the change is based on.
             */
            version: number;
        };
        /** @description A person moves a case on. */
        Advance: {
            /** @description The day; today where none is given. */
            on?: string | null;
            /** @description Opinion, document, voucher, or why. */
            remark?: string;
            /** @description To where. */
            stage: string;
        };
        /** @description The answer to a question about a figure. */
        Answer: {
            /** @description How it was counted. */
            basis: components["schemas"]["Basis"];
            /** @description The value of those that have a base. */
            comparable: components["schemas"]["Val"];
            /**
             * Format: int32
             * @description Places it is printed with.
             */
            decimals: number;
            /** @description The figure. */
            figure: string;
            /** @description The breakdown, largest first. */
            groups: components["schemas"]["GroupLine"][];
            mom?: components["schemas"]["Growth"] | null;
            /**
             * Format: int32
             * @description Ranks: how many took part.
             */
            of?: number | null;
            /** @description Its own period, after lag. */
            period: components["schemas"]["Span"];
            /** @description The base. */
            prior: components["schemas"]["Val"];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description The value as it is printed, with its unit; empty when blank. */
            shown: string;
            /** @description Its Chinese title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
            /** @description The unit of all its numbers; none for texts. */
            unit?: string | null;
            /** @description The value. */
            value: components["schemas"]["Val"];
            /** @description Growth against a year before. */
            yoy: components["schemas"]["Growth"];
        };
        /** @description Several answers. */
        Answers: {
            /** @description In the order of the questions. */
            items: components["schemas"]["Answer"][];
            /**
             * Format: int64
             * @description The ledger revision of all of them.
             */
            revision: number;
        };
        /** @description An area of a parcel. */
        AreaView: {
            /** @description ㎡. */
            area: string;
            /** @description 亩. */
            mu: string;
            /** @description `certificate`, `surveyed`, `contract` or `register`. */
            source: string;
            /** @description The field's title. */
            title: string;
        };
        /** @description An arrival. */
        ArrivalLine: {
            /** @description How much. */
            amount?: string | null;
            /** @description The targets it is claimed under, with the claims. */
            claims: components["schemas"]["ClaimOn"][];
            enterprise?: components["schemas"]["LinkedEntry"] | null;
            /** @description The entry. */
            entry: components["schemas"]["LinkedEntry"];
            /** @description The same in the foreign currency. */
            foreign?: string | null;
            /** @description When. */
            on: string;
        };
        /** @description A measure of a parcel in a year with what it is made of. */
        AttributionView: {
            /** @description The figure it comes from, to follow to its cells. */
            figure: string;
            /** @description How much of it is known, in percent. */
            known?: string | null;
            /** @description The measure. */
            measure: string;
            /** @description What it is made of. */
            parts: components["schemas"]["PartView"][];
            /** @description The value per 亩. */
            per_mu?: string | null;
            /** @description `present`, `estimated`, `conflicting`, `missing`, `withheld`. */
            state: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description The unit. */
            unit: string;
            /** @description The value; absent when missing or withheld. */
            value?: string | null;
            /** @description Parts that are not shown to this reader. */
            withheld_parts: number;
        };
        /** @description A number of a document and what became of it. */
        AuditItem: {
            /** @description Where in the paragraph, in characters from 0. */
            at: number;
            /** @description The figure, for a trace. */
            figure?: string | null;
            /** @description What the ledger says, as a report prints it. */
            ledger?: string | null;
            /** @description Why it is not supported. */
            note: string;
            /**
             * Format: int64
             * @description The newest older revision that gave this very number.
             */
            older_revision?: number | null;
            /** @description The options of the question behind it. */
            options: string;
            /** @description The paragraph of the part, from 1; for texts the line. */
            paragraph: number;
            /** @description The part of the file. */
            part: string;
            /** @description The period it speaks of. */
            period: string;
            /** @description Which part of the figure: `value`, `yoy`, … */
            piece: string;
            /** @description How the number limits the truth. */
            qualifier: components["schemas"]["Qualifier"];
            /** @description The query of the figures API that traces it. */
            question?: string | null;
            /** @description The sentence it stands in. */
            sentence: string;
            /** @description Number, unit and qualifier as printed. */
            text: string;
            /** @description What it speaks of, in words. */
            title: string;
            /** @description What became of it. */
            verdict: components["schemas"]["Verdict"];
            way?: components["schemas"]["Way"] | null;
        };
        /** @description A record of the audit. */
        AuditLine: {
            /** @description What was done. */
            action: string;
            /** @description When. */
            at: string;
            /** @description Anything else. */
            detail: Record<string, never>;
            /** @description From where. */
            from: string;
            /**
             * Format: int64
             * @description Its number.
             */
            seq: number;
            /** @description To what. */
            subject: string;
            /** @description Who. */
            who: string;
        };
        /** @description Records of the audit, newest first. The audit is append-only: everything is kept for as long as the ledger is. */
        AuditPage: {
            /** @description The records. */
            items: components["schemas"]["AuditLine"][];
            /**
             * Format: int64
             * @description The first of these among them.
             */
            offset: number;
            /**
             * Format: int64
             * @description How many answer the question.
             */
            total: number;
        };
        /** @description An audited document. */
        Audited: {
            /** @description Where the document contradicts itself. */
            conflicts: components["schemas"]["Conflict"][];
            /** @description Every number, from top to bottom. */
            items: components["schemas"]["AuditItem"][];
            /** @description The month it was audited for. */
            period: string;
            /** @description Why for this month. */
            period_from: components["schemas"]["PeriodFrom"];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description What was taken out of the file before it was read, each in a sentence. */
            set_aside: string[];
        };
        BTreeMap: {
            [key: string]: string;
        };
        /** @description The backups there are. */
        BackupList: {
            /** @description Newest first. */
            items: components["schemas"]["BackupView"][];
        };
        /** @description A backup. */
        BackupView: {
            /** @description When it was made. */
            created?: string | null;
            /** @description Its SHA-256; empty for a file that was put there by hand. */
            digest: string;
            drill?: components["schemas"]["DrillView"] | null;
            /** @description Its file's name. */
            name: string;
            /**
             * Format: int64
             * @description How many original files are in it.
             */
            originals: number;
            /**
             * Format: int64
             * @description The newest revision in it.
             */
            revision: number;
            /**
             * Format: int64
             * @description Its length in bytes.
             */
            size: number;
            /** @description By whom. */
            who: string;
        };
        /** @description A base map: tiles of pictures in Web Mercator on CGCS2000 or WGS 84, which are the same to a few centimetres. */
        BaseMap: {
            /** @description Who made it, shown in the map's corner. */
            attribution: string;
            /** @description Addresses of pictures with names, drawn over those. */
            labels: string[];
            /**
             * Format: int32
             * @description The deepest zoom there are pictures for; they are enlarged beyond.
             */
            max_zoom: number;
            /** @description Addresses of pictures with `{z}`, `{x}`, `{y}` or `{bbox-epsg-3857}` to be filled; several are alike and share the work. */
            tiles: string[];
        };
        /** @description 口径: how a value was counted. */
        Basis: {
            /** @description The books it reads. */
            books: components["schemas"]["TitledId"][];
            /** @description What growth was measured against: `none`, `own_prior`, `same_subjects`, `all` or `parts`. */
            comparison: string;
            /** @description The same in words. */
            comparison_words: string;
            /** @description The rule in one line. */
            definition: string;
            /** @description How many entries were counted. */
            entries: number;
            /** @description Who was left out. */
            excluded: components["schemas"]["Excluded"][];
            /** @description Conditions and exclusions in one line. */
            filter: string;
            /** @description What a reader must know besides. */
            notes: string[];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description Form or document. */
            source: string;
            /** @description In the content's words. */
            words: string;
        };
        /** @description Why there is no value. */
        Blank: {
            /** @description A stable word. */
            code: string;
            /** @description In Chinese. */
            text: string;
        };
        /** @description A piece of the document. */
        Block: {
            /** @description `left`, `center`, `right` or `justify`. */
            align: string;
            chart?: components["schemas"]["ChartOfReport"] | null;
            /**
             * Format: int32
             * @description First-line indent in characters.
             */
            indent?: number | null;
            /** @description `paragraph`, `heading`, `table`, `chart` or `page_break`. */
            kind: string;
            /**
             * Format: int32
             * @description Level of a heading, from 1.
             */
            level?: number | null;
            /** @description The rows of a table. */
            rows?: components["schemas"]["RowOfTable"][] | null;
            /** @description Its text. */
            runs?: components["schemas"]["Run"][] | null;
            /** @description The name of its style. */
            style: string;
        };
        /** @description A book. */
        BookDef: {
            /** @description When it was last written; only for those who see all of it. */
            changed_at?: string | null;
            /** @description Feeds aggregates only. */
            confidential: boolean;
            /** @description Who sends it. */
            department: string;
            /** @description The field that names an entry. */
            display?: string | null;
            /** @description Its active entries, as many as this person sees. */
            entries: number;
            /** @description Series: `month`, `quarter`, `half` or `year`. */
            every?: string | null;
            /** @description Its fields in order. */
            fields: components["schemas"]["FieldDef"][];
            /** @description Its id. */
            id: string;
            /** @description Fields that make an entry unique. */
            key: string[];
            /** @description `register`, `series`, `event` or `case`. */
            kind: string;
            /** @description Its entries have photos. */
            photos: boolean;
            /** @description What this person may do with it. */
            rights: string[];
            /** @description What code may ask for it as. */
            role?: string | null;
            state?: components["schemas"]["StateDef"] | null;
            /** @description The field that says whom an entry is about. */
            subject?: string | null;
            /** @description The field that places an entry in time. */
            time?: string | null;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description A field to break down by. */
        Breakdown: {
            /** @description Its path, as a question takes it. */
            path: string;
            /** @description Its title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
        };
        /** @description The fields a figure can be broken down by. */
        Breakdowns: {
            /** @description In the order of the book, then of its subject's. */
            items: components["schemas"]["Breakdown"][];
        };
        /** @description A building. */
        BuildingView: {
            /** @description When it was completed. */
            completed?: string | null;
            /** @description Floor area counted for the ratio in ㎡; storeys above 8 m count twice. */
            counted_area?: string | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description Measured floor area in ㎡. */
            floor_area?: string | null;
            /** @description Its boundary as a GeoJSON geometry. */
            geometry?: Record<string, never> | null;
            /** @description What it is called. */
            name: string;
            /** @description Storeys. */
            storeys?: string | null;
        };
        /** @description One enterprise. */
        Candidate: {
            /** @description 元; none while something is not known. */
            amount?: string | null;
            /**
             * Format: int64
             * @description Its case of this policy and year.
             */
            case?: number | null;
            /** @description What forbids money although it is due: another policy, the same loan, once only. */
            conflicts: string[];
            /** @description Who. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description What held the sum down, in words. */
            held: string[];
            /**
             * Format: int64
             * @description The case the program opened for it, waiting for a person.
             */
            matched?: number | null;
            /** @description Why it is left out, has nothing, or is not known. */
            reasons: string[];
            /** @description How it stands. */
            state: components["schemas"]["Due"];
            /** @description How the amount comes about. */
            steps: components["schemas"]["MoneyLine"][];
        };
        /** @description An entry a text may mean. */
        CandidateView: {
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description What speaks for and against. */
            evidence: components["schemas"]["Evidence"][];
            /** @description Its key. */
            key: string;
            /**
             * Format: int32
             * @description How alike the names are, in thousandths.
             */
            permille: number;
            /** @description Why it is offered. */
            reason: string;
            /** @description What it is called. */
            title: string;
        };
        /** @description Capital that arrived since January. */
        CapitalView: {
            /** @description The arrivals added up, each once. */
            amount: string;
            /** @description The arrivals, the newest first. */
            arrivals: components["schemas"]["ArrivalLine"][];
            /** @description What is at fault. */
            faults: string[];
            /** @description The same in the foreign currency. */
            foreign: string;
            /** @description The unit of amounts in a foreign currency. */
            foreign_unit?: string | null;
            /** @description The first day. */
            from: string;
            /** @description Whether each arrival is counted once: the sets add up to the figures, and no claim is at fault. */
            once: boolean;
            /** @description The targets with what is claimed under each. */
            programmes: components["schemas"]["ProgrammeView"][];
            /** @description What the targets add up to beyond the arrivals claimed: money counted under more than one of them. */
            repeated: string;
            /** @description The arrivals by the targets they are claimed under: every arrival is in one set. */
            sets: components["schemas"]["ClaimSet"][];
            /** @description The last day. */
            to: string;
            /** @description The unit of amounts. */
            unit?: string | null;
            /** @description The figures of all arrivals, each once. */
            whole: components["schemas"]["Answer"][];
        };
        /** @description A case. */
        CaseLine: {
            /** @description 元. */
            amount?: string | null;
            /** @description By when a person should have looked at what was matched. */
            confirm_by?: string | null;
            /** @description Who. */
            enterprise: components["schemas"]["LinkedEntry"];
            /**
             * Format: int64
             * @description Its entry.
             */
            entry: number;
            /** @description Who handles it. */
            handler?: string | null;
            /** @description What it is for. */
            item: string;
            /** @description Where it may go from here. */
            next: components["schemas"]["NextStage"][];
            /** @description Its number. */
            number: string;
            /** @description The day it was paid. */
            paid_on?: string | null;
            /** @description The policy. */
            policy: string;
            /** @description Its title. */
            policy_title: string;
            /** @description The day of publicity. */
            public_from?: string | null;
            /** @description How far it has come. */
            stage: string;
            /** @description The same in the book's word. */
            state: string;
            /**
             * Format: int32
             * @description The year the money is for.
             */
            year: number;
        };
        /** @description The content in force, as far as one person may use it. */
        Catalogue: {
            /** @description Books in the order of their ids. */
            books: components["schemas"]["BookDef"][];
            /** @description Claims. */
            claims: components["schemas"]["TitledId"][];
            /** @description SHA-256 of the content. */
            digest: string;
            /** @description Exclusion sets. */
            exclusions: components["schemas"]["TitledId"][];
            /** @description The pages this person has something on. */
            pages: string[];
            /** @description Reports. */
            reports: components["schemas"]["ReportDef"][];
            /**
             * Format: int64
             * @description The ledger revision the counts are of.
             */
            revision: number;
            /** @description Topics with their figures. */
            topics: components["schemas"]["TopicDef"][];
            /** @description Units. */
            units: components["schemas"]["UnitDef"][];
        };
        /**
         * @description What moved a printed value.
         * @enum {string}
         */
        Cause: "entries" | "content" | "both";
        /** @description One value of an entry. */
        Cell: {
            /**
             * Format: int64
             * @description The entry referred to.
             */
            entry?: number | null;
            /** @description The value is personal data that is not shown; both forms above are its mask. */
            masked?: boolean;
            /** @description As people read it: references by the title of their entry. */
            text: string;
            /** @description As a program reads it: a decimal as text, a date or period in ISO form, true or false, an entry's number or numbers. */
            value: Record<string, never>;
        };
        /** @description A cell of a table. */
        CellOfTable: {
            /** @description `left`, `center`, `right` or `justify`. */
            align: string;
            /**
             * Format: int32
             * @description How many rows it takes, when more than one.
             */
            row_span?: number | null;
            /** @description Its text; paragraphs are separated by line breaks. */
            runs: components["schemas"]["Run"][];
            /**
             * Format: int32
             * @description How many columns it takes, when more than one.
             */
            span?: number | null;
        };
        /** @description A filled cell. */
        CellView: {
            /**
             * Format: int32
             * @description Column, from 0.
             */
            c: number;
            /** @description Whether it is masked. */
            m?: boolean;
            /** @description Whether it holds a number. */
            n?: boolean;
            /**
             * Format: int32
             * @description Row, from 1.
             */
            r: number;
            /** @description Rows and columns it covers, when it covers more than itself. */
            span?: [
                number,
                number
            ] | null;
            /** @description Its text. */
            t: string;
        };
        /** @description A certificate that can be made: what a book holds about an enterprise (台账登记证明). */
        Certificate: {
            /** @description The Chinese title of the book it copies. */
            book: string;
            /** @description Its report. */
            id: string;
            /** @description The day the newest of them began. */
            newest?: string | null;
            /** @description How many rows it copies. */
            rows: number;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description Changes, a page of them. */
        ChangeList: {
            /** @description In the order of books and rows. */
            items: components["schemas"]["ChangeView"][];
            /** @description How many there are. */
            total: number;
        };
        /** @description A printed value that would read otherwise. */
        ChangeOfSlot: {
            /** @description What moved it. */
            cause: components["schemas"]["Cause"];
            /** @description Now less then, exactly; of numbers. */
            difference?: string | null;
            /** @description The entries that moved it. */
            entries: components["schemas"]["ChangedEntry"][];
            /** @description The exact value now. */
            exact_now?: string | null;
            /** @description The exact value as published. */
            exact_then?: string | null;
            /** @description The figure. */
            figure?: string | null;
            /** @description How many more entries did. */
            more_entries: number;
            /** @description What would be printed now; empty for what is not there any more. */
            now: string;
            /** @description The period it speaks of, in words. */
            period: string;
            /** @description Which part of it: `value`, `yoy`, `names`, … */
            piece: string;
            /** @description The query that traces it. */
            question?: string | null;
            /** @description The difference in percent of then; of numbers that are not zero. */
            relative?: string | null;
            /** @description The sentence it was published in. */
            sentence: string;
            /** @description What was printed; empty for what was not there. */
            then: string;
            /** @description What it is called. */
            title: string;
            /** @description The unit of the exact values. */
            unit?: string | null;
        };
        /** @description One entry that changes. */
        ChangeView: {
            /** @description Its book. */
            book: string;
            /** @description The book's title. */
            book_title: string;
            /**
             * Format: int64
             * @description The entry; none while it is new.
             */
            entry?: number | null;
            /** @description What changes. */
            fields: components["schemas"]["FieldChange"][];
            /** @description Its key. */
            key: string;
            /** @description `new`, `changed`, `unchanged` or `withdrawn`. */
            kind: string;
            /** @description Its row. */
            place: components["schemas"]["Place"];
            /** @description What it is called. */
            title: string;
        };
        /** @description A change of an entry behind a value. */
        ChangedEntry: {
            /** @description Its value after. */
            after: string;
            /** @description When. */
            at: string;
            /** @description Its value before. */
            before: string;
            /** @description Its book. */
            book: string;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description The field's title. */
            field: string;
            /** @description Where the value after came from: file, sheet, cell, or a form. */
            place: components["schemas"]["Origin"];
            /**
             * Format: int64
             * @description The revision that changed it.
             */
            revision: number;
            /** @description What it is called. */
            title: string;
            /** @description Who. */
            who: string;
            /** @description Why, in their words. */
            why: string;
        };
        /** @description A chart of a report, the same that stands in the Word file. */
        ChartOfReport: {
            /** @description What stands along the axis. */
            categories: string[];
            /** @description Its series. */
            series: components["schemas"]["SeriesOfReport"][];
            /** @description Its title. */
            title: string;
            /** @description What it shows, in words. */
            words: string;
        };
        /**
         * @description What became of a chart.
         * @enum {string}
         */
        ChartState: "same" | "updated" | "edited";
        /** @description Values to look at without writing them. */
        CheckRequest: {
            /**
             * Format: int64
             * @description The entry they would change; none for a new one.
             */
            entry?: number | null;
            /** @description Values by field: JSON, or text as it would be typed. */
            values: {
                [key: string]: Record<string, never>;
            };
        };
        /** @description Values that are looked at and not written. */
        Checked: {
            /** @description What is wrong or doubtful, by field. */
            findings: Record<string, never>[];
            /** @description The values as they were understood. */
            values: {
                [key: string]: components["schemas"]["Cell"];
            };
        };
        /** @description Values of a parameter. */
        ChoiceList: {
            /** @description The first of them, those that begin with the text before the others. */
            items: string[];
            /** @description How many there are that contain the text. */
            total: number;
        };
        /** @description A claim the report asked. */
        ClaimOfReport: {
            /** @description Whether it holds; none when it cannot be judged. */
            holds?: boolean | null;
            /** @description Its id. */
            id: string;
            /** @description What it was judged by, each as `name = value`. */
            slot_texts: string[];
            /** @description The statement. */
            title: string;
            /** @description Why it cannot be judged, else by what it was. */
            words: string;
        };
        /** @description A claim on an arrival. */
        ClaimOn: {
            /**
             * Format: int64
             * @description The claim's entry.
             */
            entry: number;
            /** @description The target. */
            programme: string;
        };
        /** @description Arrivals claimed under the same targets. */
        ClaimSet: {
            /** @description Their amounts. */
            amount: string;
            /** @description How many. */
            arrivals: number;
            /** @description Their amounts in the foreign currency. */
            foreign: string;
            /** @description The targets, in their order; none: claimed under no target. */
            programmes: string[];
        };
        /** @description A code of the second factor. */
        Code: {
            /** @description Six digits. */
            code: string;
        };
        /** @description An attribute that could say which parcel a feature is. */
        ColumnCandidate: {
            /** @description How many features have a value. */
            filled: number;
            /** @description How many of its values are parcels of the ledger. */
            known: number;
            /** @description Its heading in the file. */
            name: string;
            /** @description Its first value. */
            sample: string;
        };
        /** @description A column of a table that was read. */
        ColumnOfTable: {
            /** @description Its letters. */
            column: string;
            /** @description The field it fills. */
            field?: string | null;
            /** @description Its headings from the top. */
            heading: string;
            /** @description The field's title. */
            title?: string | null;
            /** @description The unit its numbers are in. */
            unit?: string | null;
        };
        /** @description Which attributes of a file say what. */
        ColumnQuestion: {
            /** @description Says its area by paper, which is compared and not written. */
            area?: string | null;
            /** @description Attributes that could say which parcel; more than one where a person is asked, or was. */
            candidates: components["schemas"]["ColumnCandidate"][];
            /** @description Says which parcel a feature is; absent while open. */
            code?: string | null;
            /** @description Says who holds it, which is compared and not written. */
            holder?: string | null;
            /** @description The question to a person, when there is one. */
            question?: string | null;
        };
        /** @description A column. */
        ColumnView: {
            /** @description Whether it is hidden. */
            hidden: boolean;
            /** @description Its letters. */
            letter: string;
        };
        /** @description A promise of the land contract. */
        CommitmentView: {
            /** @description What was reached in the year. */
            actual?: string | null;
            /** @description The document it stands in. */
            document?: string | null;
            /** @description When it is due. */
            due?: string | null;
            /**
             * Format: int64
             * @description The entry; the parcel's own when the promise stands in it.
             */
            entry: number;
            /** @description Reached ÷ promised, in percent. */
            fulfilment?: string | null;
            /** @description `at_least`, `more_than`, `at_most`, `less_than`, `equal`. */
            op: string;
            /** @description `kept`, `broken`, `not_due`, `unknown`. */
            state: string;
            /** @description What is promised. */
            title: string;
            /** @description Its unit. */
            unit: string;
            /** @description How much. */
            value?: string | null;
            /** @description The state in words. */
            words: string;
        };
        /** @description One subject in two versions. */
        ComparedResult: {
            after?: components["schemas"]["ComparedSide"] | null;
            before?: components["schemas"]["ComparedSide"] | null;
            /** @description What changed, a sentence each. */
            changes: string[];
            /** @description Its code. */
            code: string;
            /**
             * Format: int64
             * @description The subject.
             */
            entry: number;
            /** @description Its name. */
            name: string;
        };
        /** @description One side of a comparison. */
        ComparedSide: {
            /** @description The grade. */
            grade?: string | null;
            /** @description The score. */
            score?: string | null;
            /** @description How it stands. */
            status: string;
        };
        /** @description Who has reported which period of a year. */
        Completeness: {
            /** @description The day each period is due; periods without one are absent. */
            due: {
                [key: string]: string;
            };
            /** @description The periods of the year that are collected, in order. */
            periods: string[];
            /** @description Whoever must report or has, by title. */
            rows: components["schemas"]["CompletenessRow"][];
            /** @description Counts of each period. */
            totals: components["schemas"]["PeriodTotals"][];
        };
        /** @description One reporter. */
        CompletenessRow: {
            /** @description One for each period. */
            cells: components["schemas"]["Sent"][];
            /**
             * Format: int64
             * @description Who.
             */
            entry: number;
            /** @description What they are called. */
            title: string;
        };
        /** @description A person confirms what was proposed, or takes an application. */
        Confirmation: {
            /** @description The amount the person saw, 元: it must still be so. */
            amount: string;
            /**
             * Format: int64
             * @description The enterprise.
             */
            enterprise: number;
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description A contradiction within a document. */
        Conflict: {
            /** @description The numbers that contradict each other, the doubtful one last. */
            at: components["schemas"]["Spot"][];
            /** @description Its kind. */
            kind: components["schemas"]["ConflictKind"];
            /** @description What is wrong, in a sentence. */
            message: string;
        };
        /**
         * @description What kind of contradiction within a document.
         * @enum {string}
         */
        ConflictKind: "sum" | "twice" | "claim" | "percent" | "order";
        /** @description Something wrong in a content file. */
        ContentFinding: {
            /** @description The character within it, from 1. */
            column: number;
            /** @description What to do. */
            hint: string;
            /** @description The line, from 1. */
            line: number;
            /** @description What is wrong. */
            message: string;
            /** @description The file. */
            path: string;
        };
        /** @description What is wrong with the content in force. */
        ContentFindings: {
            /** @description The digest of what is in force. */
            digest: string;
            /** @description In the order of files and places. */
            items: components["schemas"]["ContentFinding"][];
        };
        /** @description A corrected entry behind a figure. */
        Correction: {
            /** @description Its value after. */
            after: string;
            /** @description Its value before. */
            before: string;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description The field's title. */
            field: string;
            /** @description File, sheet and cell of the value after. */
            place: string;
            /**
             * Format: int64
             * @description The revision that changed it.
             */
            revision: number;
            /** @description What it is called. */
            title: string;
            /** @description Who. */
            who: string;
        };
        /** @description How much a file would change. */
        Counts: {
            /** @description Entries whose values differ. */
            changed: number;
            /** @description Rows held back. */
            held: number;
            /** @description Entries that do not exist yet. */
            new: number;
            /** @description Entries that stay as they are. */
            unchanged: number;
            /** @description Entries that would be withdrawn: none, a file never withdraws. */
            withdrawn: number;
        };
        /** @description One parcel, one domain. */
        CoverageCell: {
            /** @description The last day the data speak of. */
            fresh?: string | null;
            /** @description How much of it is known, in percent. */
            known?: string | null;
            /** @description `present`, `estimated`, `conflicting`, `missing`; `none` where nothing is expected. */
            state: string;
        };
        /** @description One parcel's row of the matrix. */
        CoverageRow: {
            /** @description Its legal area in ㎡. */
            area?: string | null;
            /** @description One cell per domain, in order. */
            cells: components["schemas"]["CoverageCell"][];
            /** @description Its code. */
            code: string;
            /**
             * Format: int64
             * @description The parcel.
             */
            entry: number;
            /** @description Its name. */
            name: string;
            /** @description How it stands with the evaluation. */
            status: string;
            /** @description Why, in words. */
            words: string;
        };
        /** @description Coverage of the evaluation: scored ÷ (all − exempt). */
        CoverageTotals: {
            /** @description All parcels. */
            all: number;
            /** @description ㎡ of all that are not exempt. */
            area_due: string;
            /** @description ㎡ evaluated. */
            area_scored: string;
            /** @description Coverage by area, in percent. */
            by_area?: string | null;
            /** @description Coverage by count, in percent. */
            by_count?: string | null;
            /** @description Exempt. */
            exempt: number;
            /** @description Without the data it takes. */
            no_data: number;
            /** @description Not due yet. */
            not_due: number;
            /** @description Evaluated. */
            scored: number;
        };
        /** @description One criterion and one enterprise. */
        CriterionView: {
            /** @description The most points, where they are a range. */
            at_most?: string | null;
            /** @description Why it is unknown. */
            because?: string | null;
            /** @description Whether it stands in the way of the rule: not met or unknown, and no other road leads past it. */
            blocks: boolean;
            /** @description Article or annex. */
            cites: string;
            /** @description The gap in words: “研发费用再增 112 万元”. */
            gap?: string | null;
            /** @description Its id. */
            id: string;
            /** @description Data that are missing, each with who has it. */
            missing: string[];
            /** @description Whether it is a rung before this one, and how strictly. */
            prerequisite?: string | null;
            /** @description The entries it was read from. */
            read: components["schemas"]["ReadFrom"][];
            /** @description Which side of it is met: `at_least`, `above`, `at_most`, `below`. */
            side?: string | null;
            /** @description The threshold in `unit`. */
            threshold?: string | null;
            /** @description The condition. */
            title: string;
            /** @description Its unit. */
            unit?: string | null;
            /** @description The value in `unit`; of a score, the fewest points. */
            value?: string | null;
            /** @description The verdict. */
            verdict: string;
        };
        /** @description The answer to the question. */
        CrsAnswer: {
            /** @description The attribute that says which parcel a feature is. */
            column?: string | null;
            /**
             * Format: int32
             * @description The EPSG number.
             */
            crs?: number | null;
            /** @description Whether northing is written before easting; what the numbers say when absent. */
            swap_axes?: boolean | null;
        };
        /** @description A coordinate system that could be meant. */
        CrsCandidate: {
            /**
             * Format: int32
             * @description Its EPSG number.
             */
            epsg: number;
            /** @description A GeoJSON geometry of the first feature in it, to be shown on the map. */
            sample?: Record<string, never> | null;
            /** @description Whether northing and easting would be swapped. */
            swap_axes: boolean;
            /** @description What it is called. */
            title: string;
            /** @description Why it is likely or not. */
            why: string;
        };
        /** @description The coordinate system of a file. */
        CrsQuestion: {
            /** @description What could be meant, likeliest first. */
            candidates: components["schemas"]["CrsCandidate"][];
            /**
             * Format: int32
             * @description The EPSG number taken; absent while open. `GCJ-02` and `BD-09`, which have none, are `100002` and `100009`;
             *     a projection that the file describes itself is `100000`.
             */
            chosen?: number | null;
            /** @description The question to a person, when there is one. */
            question?: string | null;
            /** @description Whether northing and easting were swapped. */
            swapped: boolean;
            /** @description Why the chosen one was taken. */
            why: string;
        };
        /** @description A case with a deadline. */
        Deadline: {
            /** @description Whom and what it is about, from the fields its book names for that; empty where it names none. */
            about: string;
            /** @description The book. */
            book: string;
            /** @description Its Chinese title. */
            book_title: string;
            /**
             * Format: int64
             * @description Days left; negative is overdue.
             */
            days: number;
            /** @description By when. */
            due: string;
            /**
             * Format: int64
             * @description The case.
             */
            entry: number;
            /** @description Who handles it; not told where that is masked. */
            handler?: string | null;
            /** @description What it is called. */
            title: string;
        };
        /** @description A book with cases whose deadline is near or past. */
        DeadlineBook: {
            /** @description The book. */
            book: string;
            /** @description How many cases, listed or not. */
            count: number;
            /** @description Of them overdue. */
            overdue: number;
            /** @description Its Chinese title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
        };
        /** @description A decision. */
        DecideRequest: {
            /** @description The register. */
            book: string;
            /**
             * Format: int64
             * @description The entry it means, for `same`.
             */
            entry?: number | null;
            /** @description Why. */
            reason?: string;
            /** @description `same` or `different`. */
            verdict: string;
            /** @description The text as it was written. */
            written: string;
        };
        /** @description A demand. */
        Demand: components["schemas"]["DemandHead"] & {
            /** @description The day it was accepted. */
            accepted?: string | null;
            /** @description What may be done with it next. */
            acts: components["schemas"]["Act"][];
            /** @description Whether it is confidential: seen by who handles it, the head of the department, roles granted it. */
            confidential: boolean;
            /**
             * Format: int64
             * @description Working days left; negative is late.
             */
            days?: number | null;
            /** @description The day it was dispatched. */
            dispatched?: string | null;
            /** @description By when. */
            due?: string | null;
            enterprise?: components["schemas"]["LinkedEntry"] | null;
            /** @description Whom it went up to. */
            escalated?: string | null;
            /** @description Whom it should go up to by now. */
            goes_up_to?: string | null;
            /** @description The person who handles it. */
            handler?: string | null;
            /** @description Its light. */
            light: string;
            limit?: components["schemas"]["VisitRule"] | null;
            /** @description The policy that was changed because of it. */
            policy_change?: string | null;
            /**
             * Format: int32
             * @description How often it was taken up again.
             */
            reopened: number;
            /** @description The step that is next, where it has a limit. */
            step?: string | null;
            /** @description Since when it is suspended. */
            suspended?: string | null;
            /** @description The department it was passed on from. */
            transferred_from?: string | null;
            /**
             * Format: int32
             * @description How often it was passed on to another department.
             */
            transfers: number;
            /** @description A day of its reckoning lies in a year without a calendar of working days. */
            uncertain: boolean;
            /**
             * Format: int64
             * @description The visit it was raised at.
             */
            visit?: number | null;
        };
        /** @description Something to be done with a demand. */
        DemandAct: {
            /** @description What. */
            act: components["schemas"]["Act"];
            /** @description Dispatch: to which department. */
            department?: string | null;
            /** @description Dispatch of a demand with a promised day: that day. */
            due?: string | null;
            /** @description Answer: what it rests on. */
            evidence?: string | null;
            /** @description Dispatch: to which person there. */
            handler?: string | null;
            /** @description Answer: what came of it. */
            outcome?: string | null;
            /** @description Close: the policy that was changed because of it. */
            policy_change?: string | null;
            /** @description Rate: the rating. */
            rating?: string | null;
            /** @description Answer that solves nothing: why. */
            reason?: string | null;
            /** @description Answer: the text; otherwise a word on why. */
            text?: string | null;
            /**
             * Format: int32
             * @description The version it is based on.
             */
            version: number;
            /** @description Escalate: to whom; whom the rules name where nothing is said. */
            whom?: string | null;
        };
        /** @description The demands. */
        DemandBoard: {
            /** @description Whom demands are dispatched to. */
            departments: string[];
            /** @description Steps up in force. */
            escalations: components["schemas"]["VisitRule"][];
            /** @description Demands that are there and confidential to others. */
            hidden: number;
            /** @description Open ones by urgency, then the closed ones, newest first. */
            items: components["schemas"]["Demand"][];
            /** @description Limits in force, with their step. */
            limits: components["schemas"]["LimitView"][];
            /** @description The day. */
            on: string;
            /** @description What may come of a demand. */
            outcomes: string[];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description Of these the ones that need a reason. */
            unsolved: string[];
            /** @description How urgent a demand may be, the least first. */
            urgencies: string[];
        };
        /** @description What everybody who may see a demand is told of it: the committee and its enterprise. */
        DemandHead: {
            /** @description The answer. */
            answer?: string | null;
            /** @description The day it was answered. */
            answered?: string | null;
            /** @description What it is about, in a word. */
            category?: string | null;
            /** @description Who handles it. */
            department?: string | null;
            /**
             * Format: int64
             * @description Its entry.
             */
            entry: number;
            /** @description What the answer rests on. */
            evidence?: string | null;
            /** @description Its number. */
            number: string;
            /** @description What came of it. */
            outcome?: string | null;
            /** @description The rating. */
            rating?: string | null;
            /** @description Why it cannot be solved, or was sent back. */
            reason?: string | null;
            /** @description The day it came. */
            received?: string | null;
            /** @description How far it is. */
            state: string;
            /** @description The same in the word of its book. */
            state_words: string;
            /** @description What is asked. */
            text?: string | null;
            /** @description How urgent it is, in a word. */
            urgency?: string | null;
            /**
             * Format: int32
             * @description Its version: what an act must name.
             */
            version: number;
            /** @description What it waits for while it is suspended. */
            waits_for?: string | null;
        };
        /** @description The departments that send books. */
        Departments: {
            /** @description By name. */
            items: string[];
        };
        /** @description What is different between two files or two comparisons. */
        Difference: {
            /** @description Findings that are gone. */
            gone: components["schemas"]["Finding"][];
            /** @description Findings that were not there before. */
            new: components["schemas"]["Finding"][];
            /** @description How many stayed. */
            stayed: number;
        };
        /** @description What was done about idle or low-efficiency land. */
        DisposalView: {
            /** @description When it was done. */
            done?: string | null;
            /** @description When it is to be done. */
            due?: string | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description What kind. */
            kind?: string | null;
            /** @description When it was found. */
            on?: string | null;
            /** @description How it stands. */
            state?: string | null;
            /** @description What it says. */
            text?: string | null;
        };
        /** @description What is missing to the next better grade. */
        Distance: {
            /** @description The grade. */
            grade: string;
            /** @description Points missing. */
            points?: string | null;
            /** @description What would close it, one indicator at a time. */
            steps: components["schemas"]["DistanceStep"][];
            /** @description Its lowest score. */
            threshold?: string | null;
            /** @description In words, also when no score would do it (veto). */
            words: string;
        };
        /** @description One indicator that would close the distance. */
        DistanceStep: {
            /** @description The indicator. */
            indicator: string;
            /** @description How much more of what stands above the line. */
            more?: string | null;
            /** @description The value it would take. */
            needed?: string | null;
            /** @description Its title. */
            title: string;
            /** @description The unit of `more`. */
            unit: string;
            /** @description In words, also when its cap keeps it from being enough. */
            words: string;
        };
        /** @description How much of a domain is known. */
        DomainCoverage: {
            /** @description Known by area, in percent. */
            by_area?: string | null;
            /** @description Known by count, in percent. */
            by_count?: string | null;
            /** @description Parcels whose sources disagree. */
            conflicting: number;
            /** @description Parcels whose data are estimated. */
            estimated: number;
            /** @description Parcels without data. */
            missing: number;
            /** @description Parcels whose data are there. */
            present: number;
        };
        /** @description A domain of data. */
        DomainHead: {
            /** @description Coverage of the domain. */
            coverage: components["schemas"]["DomainCoverage"];
            /** @description Its word: `land`, `tenancy`, `tax`, `output` … */
            id: string;
            /** @description Its measures. */
            measures: components["schemas"]["MeasureHead"][];
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description A template with what it is, for the description of the API. */
        DraftUpload: {
            /** @description A [`Draft`] as JSON. */
            answers: string;
            /**
             * Format: binary
             * @description The template.
             */
            file: string;
        };
        /** @description What a drill gave: the backup restored into a temporary folder and verified there. */
        DrillView: {
            /** @description When. */
            at: string;
            /** @description What is wrong with it. */
            message: string;
            /**
             * Format: int64
             * @description How many original files were restored.
             */
            originals: number;
            /**
             * Format: int64
             * @description The newest revision that was restored.
             */
            revision: number;
            /** @description Whether it can be restored and is whole. */
            sound: boolean;
            /** @description Who. */
            who: string;
        };
        /**
         * @description How an enterprise stands to a policy.
         * @enum {string}
         */
        Due: "due" | "unknown" | "nothing" | "left_out";
        /** @description A policy an enterprise stands to. */
        DuePolicy: {
            /** @description How the enterprise stands. */
            candidate: components["schemas"]["Candidate"];
            /** @description The document. */
            document: string;
            /** @description `grant`, `charge` or `loss`. */
            flow: string;
            /** @description `proposed` (免申即享) or `applied`. */
            mode: string;
            /** @description Papers to be handed in. */
            papers: string[];
            /** @description Whether money can be paid by it in the year. */
            payable: boolean;
            /** @description The policy. */
            policy: string;
            /** @description Its title. */
            title: string;
            /** @description Its title in English. */
            title_en: string;
        };
        /** @description A visit that is due to one enterprise by one rule. */
        DueVisit: {
            /**
             * Format: int64
             * @description Days left; negative is late.
             */
            days: number;
            /** @description Of which department. */
            department?: string | null;
            /** @description By when; of several periods missed the end of the first. */
            due: string;
            /** @description Whom. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description The last visit that counts. */
            last?: string | null;
            /**
             * Format: int64
             * @description Its entry.
             */
            last_entry?: number | null;
            /** @description The light of the enterprise. */
            light: string;
            /**
             * Format: int32
             * @description Periods in a row that passed without it.
             */
            missed: number;
            /** @description Who keeps in contact. */
            officer?: string | null;
            /** @description By which rule. */
            rule: string;
            /** @description Whether it was made. */
            state: components["schemas"]["DutyState"];
        };
        /**
         * @description Whether a visit that is due was made.
         * @enum {string}
         */
        DutyState: "late" | "due" | "done";
        /** @description A change of an entry. */
        Edit: {
            /** @description The values that change, by field; null takes one out. */
            values: {
                [key: string]: Record<string, never>;
            };
            /** @description Why. */
            why: string;
        };
        /** @description A document with what is to be done to it, for the description of the API. */
        EditedUpload: {
            /** @description [`RefreshAnswers`] as JSON. */
            answers?: string | null;
            /**
             * Format: binary
             * @description The document.
             */
            file: string;
        };
        /** @description One effect. */
        EffectCell: {
            /** @description 元 a year; positive costs, negative saves. */
            money?: string | null;
            /** @description The quantity, in the unit of the policy. */
            quantity?: string | null;
            /** @description `known`, `no_rate`, `no_quantity`, `no_grade` or `withheld`. */
            state: string;
            /** @description In words. */
            words: string;
        };
        /** @description What grades of an evaluation cost and save. */
        EffectPage: {
            /** @description The grades of its scheme, the best first, special classes last. */
            grades: string[];
            /** @description Who is concerned, with an effect for each policy, in their order. */
            items: components["schemas"]["EffectRow"][];
            /** @description The day whose rates are used. */
            on: string;
            /** @description The policies. */
            policies: components["schemas"]["EffectPolicy"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /**
             * Format: int64
             * @description The evaluation.
             */
            run: number;
            /** @description `parcel` or `enterprise`. */
            subject: string;
            /**
             * Format: int32
             * @description Its year.
             */
            year: number;
        };
        /** @description A policy with its rates and what it makes in all. */
        EffectPolicy: components["schemas"]["PricedPolicy"] & {
            /** @description In all. */
            total: components["schemas"]["EffectTotal"];
        };
        /** @description A rate of a grade. */
        EffectRate: {
            /** @description The document. */
            document?: string | null;
            /** @description Since when. */
            from?: string | null;
            /** @description The grade. */
            grade: string;
            /** @description Until when. */
            to?: string | null;
            /** @description It was tried, not read from the books. */
            tried: boolean;
            /** @description Its unit. */
            unit: string;
            /** @description The rate. */
            value: string;
        };
        /** @description Who is concerned. */
        EffectRow: {
            /** @description Its code. */
            code: string;
            /** @description An effect for each policy. */
            effects: components["schemas"]["EffectCell"][];
            /**
             * Format: int64
             * @description The parcel or enterprise.
             */
            entry: number;
            /** @description Its grade. */
            grade?: string | null;
            /** @description What it is called. */
            name: string;
        };
        /** @description Effects together; what is not known is counted, not taken as zero. */
        EffectTotal: {
            /** @description How many it is of. */
            known: number;
            /** @description 元 a year; positive costs, negative saves; absent when nothing is known. */
            money?: string | null;
            /** @description How many have no grade. */
            no_grade: number;
            /** @description How many wait for a quantity. */
            no_quantity: number;
            /** @description How many wait for a rate to be supplied. */
            no_rate: number;
            /** @description How many this reader may not see; they are not in the money. */
            withheld: number;
            /** @description In words. */
            words: string;
        };
        /** @description Something that ends. */
        Ending: {
            /** @description The book. */
            book: string;
            /** @description Its Chinese title. */
            book_title: string;
            /** @description When. */
            date: string;
            /**
             * Format: int64
             * @description Days left.
             */
            days: number;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description What it is called. */
            title: string;
        };
        /** @description The file of an enterprise (一企一档). */
        EnterpriseFile: {
            /** @description What can be certified of it for this person. */
            certificates: components["schemas"]["Certificate"][];
            /** @description The enterprise. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description What stands at its head. */
            facts: components["schemas"]["FileFact"][];
            /** @description Names it had, the newest first, with the day each was given up as far as the ledger knows. */
            former_names: components["schemas"]["FormerName"][];
            /** @description The day: rows dated later do not stand in it. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description Its parts that this person may read, in order; those without rows too. */
            sections: components["schemas"]["FilePart"][];
            /** @description What happened, the newest first. */
            timeline: components["schemas"]["FileMoment"][];
        };
        /** @description An enterprise that was found. */
        EnterpriseHit: {
            /** @description Its code. */
            code: string;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            found_by?: components["schemas"]["FoundBy"] | null;
            /** @description What it is called now. */
            title: string;
        };
        /** @description How one enterprise stands to every rung. */
        EnterpriseLadders: {
            /** @description The enterprise. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description The rungs of all ladders. */
            rungs: components["schemas"]["RungView"][];
        };
        /** @description Why an enterprise's light is what it is. */
        EnterpriseLight: {
            /** @description Whom. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description The light. */
            light: string;
            /** @description Who keeps in contact. */
            officer?: string | null;
            /** @description The rules that turned it, red ones first, each with what it saw. */
            why: components["schemas"]["LightReason"][];
        };
        /** @description Enterprises that were found. */
        EnterpriseList: {
            /** @description The best first. */
            items: components["schemas"]["EnterpriseHit"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description How many there are in all. */
            total: number;
        };
        /** @description The plan made with an enterprise (一企一策). */
        EnterprisePlan: {
            /** @description The book of steps. */
            book?: string | null;
            /** @description Its field that names the enterprise. */
            by?: string | null;
            /** @description The enterprise. */
            enterprise: components["schemas"]["LinkedEntry"];
            last_visit?: components["schemas"]["FileMoment"] | null;
            /** @description Whether somebody may make plans and move them on. */
            may_plan: boolean;
            /** @description Whether somebody may write steps. */
            may_record: boolean;
            /** @description What may be claimed, and what is on the way. */
            money: components["schemas"]["PlanMoney"][];
            /** @description The day. */
            on: string;
            /** @description Its paths: one per ladder, in order. */
            paths: components["schemas"]["PlanPath"][];
            /** @description Plans for single rungs, the open ones first. */
            plans: components["schemas"]["PlanCase"][];
            /** @description What falls due. */
            reminders: components["schemas"]["PlanReminder"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description What speaks against reaching a rung: titles lost or ending, cases that are open. */
            risks: components["schemas"]["PlanRisk"][];
            /** @description The steps agreed with it, the open ones first, by the day they are due. */
            steps: components["schemas"]["PlanStep"][];
        };
        /** @description The policies of one enterprise (政策): had, on the way, due. */
        EnterprisePolicies: {
            /** @description What it may have and nobody has begun with, and what hangs on data that are missing. */
            due: components["schemas"]["DuePolicy"][];
            /** @description Of it known, 元. */
            due_total: string;
            /** @description The enterprise. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description Cases on the way – matched, proposed, applied for, reviewed, public, decided. */
            open: components["schemas"]["CaseLine"][];
            /** @description Money received, of all years, the newest first. */
            received: components["schemas"]["ReceivedLine"][];
            /** @description Received and not taken back, 元. */
            received_total: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /**
             * Format: int32
             * @description The year what is due is reckoned for.
             */
            year: number;
        };
        /** @description An enterprise by number and name. */
        EnterpriseRef: {
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description Its name. */
            title: string;
        };
        /** @description A part of a book's entries. */
        EntryPage: {
            /** @description The fields of the cells, in their order. */
            columns: string[];
            /** @description The entries. */
            items: components["schemas"]["EntryRow"][];
            /** @description Entries before the first of these. */
            offset: number;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description How many entries the query selects. */
            total: number;
        };
        /** @description One entry of a grid. */
        EntryRow: {
            /** @description Its values, aligned with the columns. */
            cells: (components["schemas"]["Cell"] | null)[];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * Format: int32
             * @description Its version: what an edit must name.
             */
            version: number;
        };
        /** @description An entry. */
        EntryView: {
            /** @description Its book. */
            book: string;
            /** @description What this person may do with it. */
            can: string[];
            /** @description Its values; a field without one is absent. */
            cells: {
                [key: string]: components["schemas"]["Cell"];
            };
            /** @description What is doubtful about what was just written. */
            findings?: Record<string, never>[];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Its key, as people read it. */
            key: string;
            /** @description Where each value came from. */
            places: {
                [key: string]: components["schemas"]["Origin"];
            };
            /** @description Which entries of other books refer to it. */
            referenced_by: components["schemas"]["ReferenceCount"][];
            /**
             * Format: int64
             * @description The revision that wrote this version.
             */
            revision: number;
            /** @description `active` or `withdrawn`. */
            state: string;
            /** @description What it is called. */
            title: string;
            /**
             * Format: int32
             * @description Its version: what an edit must name.
             */
            version: number;
        };
        /** @description A parcel in a frozen evaluation. */
        EvaluationOfParcel: {
            /** @description The grade. */
            grade?: string | null;
            /** @description Whether it is published. */
            published: boolean;
            /**
             * Format: int64
             * @description The evaluation.
             */
            run: number;
            /** @description Its scheme. */
            scheme: string;
            /** @description The scheme's title. */
            scheme_title: string;
            /** @description The score. */
            score?: string | null;
            /** @description How the parcel stands in it. */
            status: string;
            /**
             * Format: int32
             * @description Its version within year and scheme.
             */
            version: number;
            /**
             * Format: int32
             * @description Its year.
             */
            year: number;
        };
        /** @description What to evaluate. */
        EvaluationRequest: {
            /** @description What to say of it. */
            note?: string;
            /** @description The scheme; the usual one when absent. */
            scheme?: string | null;
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description One thing that is known of both. */
        Evidence: {
            /** @description The field's title. */
            label: string;
            /** @description What the register says. */
            ours: string;
            /** @description Whether both say the same; none when one says nothing. */
            same?: boolean | null;
            /** @description What the file's row says; empty when it says nothing. */
            theirs: string;
        };
        /** @description A subject left out. */
        Excluded: {
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description Its name. */
            name: string;
        };
        /** @description One indicator of the parcel. */
        ExplainedIndicator: {
            /** @description The benchmark. */
            benchmark?: string | null;
            /** @description What stands below the line. */
            denominator?: string | null;
            /** @description The mean of the group. */
            group_mean?: string | null;
            /** @description Its id. */
            id: string;
            /** @description What stands above the line. */
            numerator?: string | null;
            /** @description Points. */
            points?: string | null;
            /** @description Points before cap and floor. */
            raw?: string | null;
            /** @description Why the points are not the formula's, in words. */
            reason: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description The unit. */
            unit: string;
            /** @description The value. */
            value?: string | null;
            /** @description Its weight. */
            weight: string;
            /** @description Whether values are withheld from this reader. */
            withheld: boolean;
        };
        /** @description One field that changes. */
        FieldChange: {
            /** @description Its value after. */
            after: string;
            /** @description Its value before, as people read it. */
            before: string;
            /** @description The cell the value after stands in. */
            cell: string;
            /** @description The field. */
            field: string;
            /** @description Whether both are masked. */
            masked: boolean;
            /** @description Its title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
        };
        /** @description A field of a book. */
        FieldDef: {
            /** @description References: the book. */
            book?: string | null;
            /** @description Choices: the list; `/` divides levels. */
            choices?: string[] | null;
            /** @description `public`, `internal`, `enterprise` or `personal`. */
            class: string;
            /** @description Explanation for the form. */
            help: string;
            /** @description Its id. */
            id: string;
            /**
             * Format: int32
             * @description Personal data: for how many years.
             */
            keep_years?: number | null;
            /** @description Its kind, as in content files. */
            kind: string;
            /** @description This person sees its mask only. */
            masked: boolean;
            /** @description Largest allowed number. */
            max?: string | null;
            /** @description Smallest allowed number. */
            min?: string | null;
            /** @description Personal data: why it is kept. */
            purpose?: string | null;
            /** @description An entry without it is refused. */
            required: boolean;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description The unit its numbers are stored in. */
            unit?: string | null;
        };
        /** @description An argument that is wrong. */
        FieldProblem: {
            /** @description Which. */
            field: string;
            /** @description Why. */
            message: string;
        };
        /** @description A figure. */
        FigureDef: {
            /** @description The book it is counted from; none for composites. */
            book?: string | null;
            /** @description It is made of other figures. */
            composite: boolean;
            /**
             * Format: int32
             * @description Places it is printed with.
             */
            decimals: number;
            /** @description Its rule in one line. */
            definition: string;
            /** @description Its id. */
            id: string;
            /** @description Form or document. */
            source: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description Its topic. */
            topic: string;
            /** @description Its unit; none for texts. */
            unit?: string | null;
            /** @description The window it is asked in when nothing is said. */
            window: string;
            /** @description The windows it can be asked in. */
            windows: string[];
            /** @description 口径 in the content's words. */
            words: string;
        };
        /** @description The cells behind a number. */
        FigureTrace: {
            /** @description How it was counted. */
            basis: components["schemas"]["Basis"];
            /** @description How the value is made, with the titles and values of the parts. */
            formula: string;
            /** @description Some of them: those of the value first, then those of its base. */
            items: components["schemas"]["TraceCell"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description The value as it is printed. */
            shown: string;
            /** @description How many cells there are. */
            total: number;
            /** @description The value. */
            value: components["schemas"]["Val"];
        };
        /** @description A figure that uses an entry. */
        FigureUse: {
            /** @description The figure. */
            figure: string;
            /** @description For which period. */
            period: components["schemas"]["Span"];
            /** @description The query that traces it. */
            question: string;
            /** @description `value` when it is among the rows added up, `subject` when those are about it, `base` when it is in last year's value. */
            role: string;
            /** @description The value as printed. */
            shown: string;
            /** @description Its title. */
            title: string;
            /** @description The value without it, as printed; where the value is made of sums. */
            without?: string | null;
        };
        /** @description A column of a part. */
        FileColumn: {
            /** @description The field. */
            field: string;
            /** @description Its kind, as in the catalogue. */
            kind: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description Its unit. */
            unit?: string | null;
        };
        /** @description A value at the head of a file. */
        FileFact: {
            cell?: components["schemas"]["Cell"] | null;
            /** @description The field. */
            field: string;
            place?: components["schemas"]["Origin"] | null;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description Its unit. */
            unit?: string | null;
        };
        /** @description Something that happened. */
        FileMoment: {
            /**
             * Format: int64
             * @description The entry that tells it.
             */
            entry: number;
            /** @description When: a day, or the last day of a month, period or year. */
            on: string;
            /** @description The part it is told by. */
            section: string;
            /** @description In words. */
            text: string;
        };
        /** @description One part of a file: rows of a book. */
        FilePart: {
            /** @description The book. */
            book: string;
            /** @description The columns. */
            columns: components["schemas"]["FileColumn"][];
            /** @description Its id. */
            id: string;
            /** @description The newest of them. */
            rows: components["schemas"]["FileRow"][];
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description How many rows there are. */
            total: number;
        };
        /** @description A row of a part. */
        FileRow: {
            /** @description Its values, aligned with the columns. */
            cells: (components["schemas"]["Cell"] | null)[];
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
        };
        /** @description Something wrong or doubtful, with a place, a sentence and a hint. */
        Finding: {
            /** @description A stable name of the kind of finding. */
            code: string;
            /** @description What to do about it. */
            hint?: string;
            /** @description What is wrong, one sentence. */
            message: string;
            /** @description Where it is. */
            place: components["schemas"]["Place"];
            /** @description `note`, `warning` or `error`. */
            severity: string;
        };
        /** @description How many findings there are of each severity. */
        FindingCounts: {
            /** @description What holds something back. */
            error: number;
            /** @description For information. */
            note: number;
            /** @description What a person should look at. */
            warning: number;
        };
        /** @description A finding that was accepted with its file. */
        FindingItem: {
            /** @description The finding. */
            finding: components["schemas"]["Finding"];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Who dealt with it. */
            resolved_by?: string | null;
            /** @description How. */
            resolved_why?: string | null;
            /**
             * Format: int64
             * @description The revision that brought it.
             */
            revision: number;
            /** @description `open` or `resolved`. */
            state: string;
        };
        /** @description Findings that were accepted with their files. */
        FindingList: {
            /** @description Newest first. */
            items: components["schemas"]["FindingItem"][];
            /** @description How many there are. */
            total: number;
        };
        /** @description Where a figure may end. A forecast, not a value. */
        Forecast: {
            /** @description `last_year` or `linear`. */
            method: string;
            /** @description In percent of the target. */
            progress?: string | null;
            /** @description The year's value. */
            value: string;
            /** @description The method in words. */
            words: string;
        };
        /** @description A name an enterprise had. */
        FormerName: {
            /** @description The name. */
            name: string;
            /**
             * Format: int64
             * @description The ledger revision that replaced it; none: it was handed in as a former name.
             */
            until_revision?: number | null;
        };
        /** @description By what an enterprise was found. */
        FoundBy: {
            /** @description What stands there. */
            text: string;
            /** @description Chinese title of the field. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description One indicator of one subject as frozen: an objection can be answered from it alone. */
        FrozenIndicator: {
            /** @description The benchmark. */
            benchmark?: string | null;
            /** @description What stands below the line. */
            denominator?: string | null;
            /** @description The indicator. */
            indicator: string;
            /** @description What stands above the line. */
            numerator?: string | null;
            /** @description Points. */
            points?: string | null;
            /** @description Points before cap and floor. */
            raw?: string | null;
            /** @description Why the points are not the formula's: cap, floor, missing rule; empty else. */
            reason: string;
            /** @description The value. */
            value?: string | null;
            /** @description Whether the values are withheld from this reader. */
            withheld?: boolean;
        };
        /** @description One thing that is missing. */
        Gap: {
            /** @description Its code. */
            code: string;
            /** @description The domain. */
            domain: string;
            enterprise?: components["schemas"]["LinkedEntry"] | null;
            /** @description The measure, where it is one. */
            measure?: string | null;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description The parcel.
             */
            parcel: number;
            /** @description What is missing, a sentence. */
            text: string;
        };
        /** @description What a department has not sent. */
        GapList: {
            /** @description How many there are. */
            count: number;
            /** @description The department. */
            department: string;
            /** @description The first of them. */
            gaps: components["schemas"]["Gap"][];
        };
        /** @description Why a file of boundaries is accepted. */
        GeometryAccept: {
            /** @description Why; the file's name when nothing is said. */
            why?: string;
        };
        /** @description What one feature would change. */
        GeometryChange: {
            /** @description ㎡ of the boundary. */
            area?: string | null;
            /** @description The parcel's code as the file says it. */
            code: string;
            /**
             * Format: int64
             * @description The parcel.
             */
            entry?: number | null;
            /** @description `new`, `changed`, `unchanged`, `unknown`, `held`. */
            kind: string;
            /** @description The legal area in ㎡. */
            legal_area?: string | null;
            /** @description The parcel's name. */
            name: string;
            /** @description The feature's number in the file, from 1. */
            number: number;
        };
        /** @description What a file of boundaries would change. */
        GeometryChanges: {
            /** @description Parcels whose boundary changes. */
            changed: number;
            /** @description Features that are held back by an error. */
            held: number;
            /** @description Each. */
            items: components["schemas"]["GeometryChange"][];
            /** @description Parcels whose boundary was not known. */
            new: number;
            /** @description Parcels whose boundary stays. */
            unchanged: number;
            /** @description Features that are no parcel of the ledger: they are not written. */
            unknown: number;
        };
        /** @description A file of boundaries that waits to be accepted. */
        GeometryStage: {
            /** @description What would change. */
            changes: components["schemas"]["GeometryChanges"];
            /** @description Which attribute says which parcel a feature is, or the question which it is. */
            columns: components["schemas"]["ColumnQuestion"];
            /** @description Its coordinate system, or the question which it is. */
            crs: components["schemas"]["CrsQuestion"];
            /** @description The digest of its bytes. */
            digest: string;
            /** @description West, south, east, north of the preview. */
            extent?: number[] | null;
            /** @description How many features it has. */
            features: number;
            /** @description The file's name. */
            file: string;
            /** @description What is wrong or doubtful. */
            findings: components["schemas"]["Finding"][];
            /** @description What it is: `geojson`, `shapefile`, `geopackage`, `points`, `plots`; `unreadable` when nothing can be read. */
            format: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * @description The boundaries as they would be, a GeoJSON feature collection in CGCS2000 with `number`, `code`, `name`, `change`,
             *     `findings` as properties; absent while the coordinate system is open.
             */
            preview?: Record<string, never> | null;
            /** @description Whether it can be accepted as it is. */
            ready: boolean;
            /** @description Who sent it. */
            who: string;
        };
        /** @description Files of boundaries that wait to be accepted. */
        GeometryStages: {
            /** @description Newest first. */
            items: components["schemas"]["WaitingStage"][];
        };
        /** @description A grade of an evaluation. */
        GradeUse: {
            /** @description The grade. */
            grade?: string | null;
            /**
             * Format: int64
             * @description The evaluation.
             */
            run: number;
            /** @description The score. */
            score?: string | null;
            /**
             * Format: int64
             * @description Who was graded.
             */
            subject: number;
            /** @description What it is called. */
            subject_title: string;
            /** @description Its scheme. */
            title: string;
            /**
             * Format: int32
             * @description Its year.
             */
            year: number;
        };
        /** @description What taking grades into the books did. */
        GradesTaken: {
            /** @description Rows that changed. */
            changed: number;
            /** @description Enterprises with a grade. */
            graded: number;
            /** @description New rows. */
            new: number;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /**
             * Format: int64
             * @description The evaluation.
             */
            run: number;
            /** @description How many have a grade the book does not know, and no row. */
            unlisted: number;
            /** @description Of grades with a price: how many have no rate on record. */
            without_rate: number;
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description Rights over some books. */
        Grant: {
            /** @description The ids of the books; `["*"]` for all. */
            books: string[];
            /** @description Whether it reaches statistics-confidential books. */
            confidential: boolean;
            /** @description The department whose books it is over; `own` for the holder's own. */
            department?: string | null;
            /** @description Which rights. */
            rights: components["schemas"]["Right"][];
        };
        /** @description One group. */
        GroupItem: {
            /** @description How many entries. */
            count: number;
            /** @description The sums of amounts and whole numbers, each in its field's unit; absent where no entry of the group has one. */
            sums: {
                [key: string]: string;
            };
            /** @description The value as people read it. */
            text: string;
            /** @description The value all its entries have; null for none. */
            value: Record<string, never>;
        };
        /** @description One line of a breakdown. */
        GroupLine: {
            /** @description The value of those that have a base. */
            comparable: components["schemas"]["Val"];
            /** @description 贡献率: share of the total's change, in percent. */
            contribution?: string | null;
            /** @description How many entries it holds. */
            entries: number;
            /**
             * Format: int64
             * @description The entry, when the breakdown is by a reference.
             */
            entry?: number | null;
            /** @description What it is called; empty for entries without the field. */
            name: string;
            /** @description The base. */
            prior: components["schemas"]["Val"];
            /** @description 拉动: in percentage points of the total's base. */
            pull?: string | null;
            /**
             * Format: int32
             * @description 1 for the largest.
             */
            rank?: number | null;
            /** @description Share of the total, in percent. */
            share?: string | null;
            /** @description The value. */
            value: components["schemas"]["Val"];
            /** @description Growth. */
            yoy: components["schemas"]["Growth"];
        };
        /** @description The groups of a grid. */
        GroupPage: {
            /** @description The groups, largest first; entries without a value last. */
            items: components["schemas"]["GroupItem"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description How many groups there are. */
            total: number;
        };
        /** @description Where a parcel stands in its group. */
        GroupPosition: {
            /** @description The group. */
            group: string;
            /** @description The mean score. */
            mean?: string | null;
            /** @description The median score. */
            median?: string | null;
            /** @description How many are scored. */
            of: number;
            /**
             * Format: int32
             * @description Its place.
             */
            rank?: number | null;
        };
        /** @description Growth in words, with its number where it has one. */
        Growth: {
            blank?: components["schemas"]["Blank"] | null;
            /** @description Which way it goes. */
            kind: components["schemas"]["GrowthKind"];
            /** @description Percent, or percentage points of a ratio, as far as it is printed. */
            percent?: string | null;
            /** @description `下降3.2%`; why there is none, when blank. */
            words: string;
        };
        /**
         * @description Which way growth goes, by its printed number.
         * @enum {string}
         */
        GrowthKind: "up" | "down" | "flat" | "turn" | "blank";
        /** @description A rung an enterprise holds. */
        HeldRung: {
            /** @description The rung. */
            rung: string;
            /** @description How it stands. */
            standing?: string | null;
            /** @description Its title. */
            title: string;
            /** @description The last day of its term. */
            until?: string | null;
        };
        /** @description All versions of an entry. */
        History: {
            /** @description Newest first. */
            items: components["schemas"]["Version"][];
        };
        /** @description One setting in force. */
        InForce: {
            /** @description What it is, in Chinese. */
            doc: string;
            /** @description What it is, in English. */
            doc_en: string;
            /** @description Where it came from. */
            from: components["schemas"]["Origin"];
            /** @description Its key. */
            key: string;
            /** @description Its value; secrets are never settings of this table. */
            value: string;
        };
        /** @description A template with what is put into it, for the description of the API. */
        InsertionUpload: {
            /** @description An [`Insertion`] as JSON. */
            answers: string;
            /**
             * Format: binary
             * @description The template.
             */
            file: string;
        };
        /** @description What a project invested in a month. */
        InvestedMonth: {
            /**
             * Format: int64
             * @description The entry of the return.
             */
            entry: number;
            /** @description By part, in the project's unit. */
            parts: {
                [key: string]: string;
            };
            /** @description The month. */
            period: string;
            /** @description All of it. */
            total?: string | null;
            /** @description All since January. */
            year_to_date?: string | null;
        };
        /** @description A new account with its one-time link. */
        Invited: {
            /** @description Until when it holds. */
            expires: string;
            /** @description The address at which they choose a password, shown once. */
            link: string;
            /** @description The account. */
            person: components["schemas"]["PersonRecord"];
        };
        /** @description A list of jobs. */
        JobList: {
            /** @description Newest first. */
            items: components["schemas"]["JobView"][];
        };
        /** @description How far a job is. */
        JobProgress: {
            /**
             * Format: int64
             * @description Steps done.
             */
            done?: number;
            /** @description What it is doing, as a word for programs. */
            stage?: string;
            /**
             * Format: int64
             * @description Of how many, where that is known.
             */
            total?: number | null;
        };
        /** @description A job as callers see it. */
        JobView: {
            /** @description Whether cancelling would do something. */
            can_cancel: boolean;
            /** @description When it was asked for. */
            created: string;
            /** @description When it ended. */
            ended?: string | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What kind of work. */
            kind: string;
            /** @description Why it failed: problem details. */
            problem?: Record<string, never> | null;
            /** @description How far it is. */
            progress: components["schemas"]["JobProgress"];
            /** @description What it gave. */
            result?: Record<string, never> | null;
            /** @description When it began. */
            started?: string | null;
            /** @description `waiting`, `running`, `done`, `failed`, `cancelled` or `interrupted`. */
            state: string;
            /** @description What it is about, for people. */
            title: string;
            /** @description Who asked for it. */
            who: string;
        };
        /** @description What people keep about a candidate. */
        Kept: {
            /** @description The day of entry. */
            entered?: string | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description What it is prepared for. */
            goal?: string | null;
            /** @description What is to be done next. */
            next?: string | null;
            /** @description Who looks after it. */
            owner?: string | null;
        };
        /** @description A limit and how many rooms it keeps out. */
        KeptOut: {
            /** @description The limit: `floor_small`, `floor_large`, `load`, `height`, `power`, `hazard`, `ground_floor`, `date`, `rent`. */
            limit: string;
            /** @description How many. */
            rooms: number;
            /** @description In words. */
            title: string;
        };
        /** @description A report that was kept. */
        KeptReport: {
            /** @description Its files. */
            files: string[];
            /** @description Its id. */
            id: string;
        };
        /** @description Which fields of a visit are known before it. */
        KnownFields: {
            /** @description The day. */
            day?: string | null;
            /** @description Of which department. */
            department?: string | null;
            /** @description Who goes. */
            officer?: string | null;
        };
        /** @description What was known on a day. */
        KnownOn: {
            /** @description What was asked for: a day or a revision. */
            asked: string;
            /** @description When that was written. */
            at: string;
            /**
             * Format: int64
             * @description The newest revision of the ledger.
             */
            newest: number;
            /**
             * Format: int64
             * @description The last revision of it.
             */
            revision: number;
            /** @description Who wrote it. */
            who: string;
        };
        /** @description A ladder in the list. */
        LadderCard: {
            /** @description Its id. */
            id: string;
            /** @description Its rungs, the lowest first. */
            rungs: components["schemas"]["RungCard"][];
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description All ladders with how many enterprises stand where. */
        LadderList: {
            /** @description The ladders. */
            items: components["schemas"]["LadderCard"][];
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
        };
        /** @description How all enterprises stand to one rung of a ladder. */
        LadderStanding: {
            /** @description The enterprises of the rung asked for, the nearest first; holders last. */
            items: components["schemas"]["StandingRow"][];
            /** @description The ladder. */
            ladder: string;
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description The rungs with their counts. */
            rungs: components["schemas"]["RungCard"][];
            /** @description Its title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
            /** @description How many there are in all. */
            total: number;
        };
        /** @description Promised against come. */
        LandCell: {
            /** @description Came; none: nothing is recorded, or it is not told of one enterprise. */
            actual?: string | null;
            /** @description Promised. */
            expected?: string | null;
            /** @description What a question about the figure says to ask for this row alone: `PATH:TEXT`. */
            only?: string | null;
            /** @description What came in per cent of what was promised. */
            percent?: string | null;
        };
        /** @description A piece of land. */
        LandRow: {
            enterprise?: components["schemas"]["LinkedEntry"] | null;
            /** @description The entry. */
            entry: components["schemas"]["LinkedEntry"];
            /** @description The day of the deal. */
            on?: string | null;
            /** @description Its values, aligned with the columns. */
            row: components["schemas"]["FileRow"];
            /** @description Promised against come, aligned with the targets. */
            targets: components["schemas"]["LandCell"][];
        };
        /** @description Something promised, over all rows. */
        LandTargetView: {
            /** @description Came together, of the rows it is known of. */
            actual: string;
            /** @description Promised together. */
            expected: string;
            /** @description The figure of what came. */
            figure: string;
            /** @description Chinese title of the figure. */
            figure_title: string;
            /** @description Its id. */
            id: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description The unit of what was promised; what came is told in it. */
            unit?: string | null;
            /** @description Rows with a promise and nothing known to have come. */
            unknown: number;
        };
        /** @description Land sold since January. */
        LandView: {
            /** @description Figures above it. */
            answers: components["schemas"]["Answer"][];
            /** @description What is shown of a row. */
            columns: components["schemas"]["FileColumn"][];
            /** @description The rows, the newest first. */
            items: components["schemas"]["LandRow"][];
            /** @description What was promised. */
            targets: components["schemas"]["LandTargetView"][];
        };
        /** @description The language one reads. */
        Language: {
            /** @description `zh-CN` or `en`. */
            language: string;
        };
        /** @description The last publication of a report. */
        LastPublication: {
            /** @description When. */
            at: string;
            /** @description Its month. */
            period: string;
            /** @description Who. */
            who: string;
        };
        /** @description A return that is not complete. */
        LateReturn: {
            /** @description The series. */
            book: string;
            /** @description By when. */
            due?: string | null;
            /** @description How many must report. */
            expected: number;
            /** @description How many have not. */
            missing: number;
            /** @description The period. */
            period: string;
            /** @description Its Chinese title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
        };
        /** @description How long preparation takes. */
        LeadCard: {
            /** @description The day to begin by for the window that is open or opens next; none without a window. */
            begin_by?: string | null;
            /**
             * Format: int32
             * @description Months, at least.
             */
            from: number;
            /** @description Who says so. */
            source: string;
            /**
             * Format: int32
             * @description Months, at most.
             */
            to: number;
        };
        /** @description A control that was left as it was. */
        Left: {
            /** @description The same in words. */
            note: string;
            /** @description Where. */
            place: components["schemas"]["PlaceOf"];
            /** @description Why. */
            reason: components["schemas"]["LeftReason"];
            /** @description Its tag. */
            tag: string;
            /** @description Its text. */
            text: string;
            /** @description Its title. */
            title: string;
        };
        /**
         * @description Why a control was left as it was.
         * @enum {string}
         */
        LeftReason: "not_printed" | "other_row" | "struck" | "unknown" | "no_report";
        /** @description One class of the map's colours. */
        LegendItem: {
            /** @description Below this value. */
            below?: string | null;
            /**
             * @description The class: a grade, a state, `changed` or `unchanged`, or the number of a class of values or differences from 0 (lowest)
             *     on; `none` for those without.
             */
            class: string;
            /** @description Parcels of it. */
            count: number;
            /** @description From this value on. */
            from?: string | null;
            /** @description What it means. */
            title: string;
        };
        /**
         * @description Whether a rule of lights could be judged.
         * @enum {string}
         */
        LightBasis: "judged" | "empty" | "unreadable" | "lacking";
        /** @description The lights that are not green. */
        LightList: {
            /** @description How many are green. */
            green: number;
            /** @description Red ones first. */
            items: components["schemas"]["EnterpriseLight"][];
            /** @description The day. */
            on: string;
            /** @description How many are red. */
            red: number;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description The rules in force, with what they rest on. */
            rules: components["schemas"]["LightRule"][];
            /** @description How many are yellow. */
            yellow: number;
        };
        /** @description A rule that turned a light, and what it saw. */
        LightReason: components["schemas"]["VisitRule"] & {
            /** @description Which light it turns. */
            colour: string;
            /** @description A day it is about: when something is due or ends. */
            day?: string | null;
            /** @description The entries that say so; none where it is the absence of a visit. */
            entries: components["schemas"]["LinkedEntry"][];
            /**
             * Format: int32
             * @description Periods that passed without a visit.
             */
            missed?: number | null;
            /** @description By how many percent a series fell. */
            percent?: string | null;
        };
        /** @description A rule of lights: what it rests on, how many it turned. */
        LightRule: components["schemas"]["VisitRule"] & {
            /** @description Whether it could be judged. */
            basis: components["schemas"]["LightBasis"];
            /** @description Which light it turns. */
            colour: string;
            /** @description What it rests on: the title of a book; of what is lacking, its name. */
            data: string;
            /** @description Who has it. */
            holder: string;
            /** @description Enterprises it turned the light of. */
            turned: number;
        };
        /** @description A limit as it is told. */
        LimitView: components["schemas"]["VisitRule"] & {
            /**
             * Format: int32
             * @description Working days.
             */
            days: number;
            /** @description Whether a day within is promised. */
            promised: boolean;
            /** @description Its step. */
            step: string;
        };
        /** @description A step of a parcel's lineage. */
        LineageView: {
            /** @description ㎡ that went from the one to the other. */
            area?: string | null;
            child?: components["schemas"]["LinkedEntry"] | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description `split`, `merge`, `adjust`. */
            kind: string;
            /** @description When. */
            on?: string | null;
            parent?: components["schemas"]["LinkedEntry"] | null;
        };
        /** @description Something a project is linked to. */
        LinkedEntry: {
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description What it is called. */
            title: string;
        };
        /** @description A loss a pool made good. */
        LossLine: {
            enterprise?: components["schemas"]["LinkedEntry"] | null;
            /** @description Its entry. */
            entry: components["schemas"]["LinkedEntry"];
            /** @description How much, 元. */
            loss: string;
            /** @description When it was made good. */
            on?: string | null;
            /** @description Of it come back, 元. */
            recovered: string;
            /** @description What each party bore of what did not come back, in their order. */
            shares: string[];
        };
        /** @description A test of a ground. */
        LowCriterion: {
            /** @description `met`, `not_met` or `unknown`. */
            held: string;
            /** @description The threshold, in words. */
            limit: string;
            /** @description What is missing to tell, and who has it. */
            missing: components["schemas"]["LowMissing"][];
            /** @description What is tested. */
            title: string;
            /** @description What was found, in words; empty when nothing was, or the reader may not see it. */
            value: string;
        };
        /** @description What is done about a parcel. */
        LowDisposal: {
            /** @description Who deals with it. */
            by?: string | null;
            /** @description When it was finished. */
            done?: string | null;
            /** @description When it shall be finished. */
            due?: string | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description Why it was listed. */
            kind?: string | null;
            /**
             * Format: int32
             * @description Days it is late.
             */
            late?: number | null;
            /** @description When it was listed. */
            on?: string | null;
            /** @description Whether it is still open. */
            open: boolean;
            /**
             * Format: int32
             * @description How much of its time has passed, percent.
             */
            passed?: number | null;
            /** @description How it stands. */
            state?: string | null;
            /** @description How far it is, in words. */
            text?: string | null;
            /** @description How it is dealt with. */
            way?: string | null;
        };
        /** @description A ground of a rule. */
        LowGround: {
            /** @description Its tests. */
            criteria: components["schemas"]["LowCriterion"][];
            /** @description `met`, `not_met` or `unknown`. */
            held: string;
            /** @description Since when it is counted. */
            since?: string | null;
            /** @description What follows, and what follows next. */
            steps: components["schemas"]["LowStep"][];
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description A datum that is missing. */
        LowMissing: {
            /** @description The department that has it. */
            department: string;
            /** @description What it is. */
            title: string;
        };
        /** @description Land that is idle or used poorly by the rules in force on a day, and what is done about it. */
        LowPage: {
            /** @description Parcels for which a rule applies, is excused or cannot be told, and those with a disposal that is open. */
            items: components["schemas"]["LowParcel"][];
            /** @description The day. */
            on: string;
            /** @description How many parcels were looked at. */
            parcels: number;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description The rules in force. */
            rules: components["schemas"]["LowRule"][];
            /**
             * Format: int32
             * @description The last full year, whose values are compared.
             */
            year: number;
        };
        /** @description A parcel under the rules. */
        LowParcel: {
            /** @description Its legal area, ㎡. */
            area?: string | null;
            /** @description Its code. */
            code: string;
            /** @description What is done about it, newest first. */
            disposals: components["schemas"]["LowDisposal"][];
            /** @description The parcel. */
            parcel: components["schemas"]["LinkedEntry"];
            /** @description When it was last visited. */
            surveyed?: string | null;
            /** @description A rule applies, and nothing open is done about it. */
            undisposed: boolean;
            /** @description What each rule says. */
            verdicts: components["schemas"]["LowVerdict"][];
        };
        /** @description A rule of idle or low-efficiency land. */
        LowRule: {
            /** @description `idle` or `low`. */
            class: string;
            /** @description The document, or `to be supplied`. */
            document: string;
            /** @description Its id. */
            id: string;
            /** @description For how many parcels it applies. */
            met: number;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description For how many it cannot be told. */
            unknown: number;
        };
        /** @description What follows of a ground. */
        LowStep: {
            /** @description Whether its time has come. */
            due: boolean;
            /** @description The fee, in `fee_unit`; absent when there is none, or the price of the land is not known. */
            fee?: string | null;
            /** @description The unit of the fee. */
            fee_unit: string;
            /** @description When it comes. */
            on?: string | null;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description In words. */
            words: string;
        };
        /** @description What a rule says of a parcel. */
        LowVerdict: {
            /** @description Why it is not met though a ground is: `excused` by a delay that is the government's, `behind` a rule that comes first. */
            because?: string | null;
            /** @description Its grounds. */
            grounds: components["schemas"]["LowGround"][];
            /** @description `met`, `not_met` or `unknown`. */
            held: string;
            /** @description What is missing to tell, and who has it. */
            missing: components["schemas"]["LowMissing"][];
            /** @description The rule. */
            rule: string;
            /** @description In words. */
            words: string;
        };
        /** @description A layout to read a staged file with. */
        MappingRequest: {
            /** @description Whether to keep them as the park's own content. */
            keep?: boolean;
            /** @description The files, each begun by a line `# file: PATH`; a text without such a line is a layout. */
            toml: string;
        };
        /** @description Something that was found at a cell. */
        MarkView: {
            /** @description The cell, or an area. */
            cell: string;
            /** @description What to do. */
            hint: string;
            /** @description What is wrong. */
            message: string;
            /** @description `note`, `warning` or `error`. */
            severity: string;
        };
        /** @description Somebody without a room. */
        MatchLeft: {
            /** @description How many rooms each limit keeps out, the most first. */
            kept_out: components["schemas"]["KeptOut"][];
            /** @description What that room lacks, a sentence each. */
            lacks: string[];
            nearest?: components["schemas"]["MatchRoom"] | null;
            /** @description Who. */
            need: components["schemas"]["MatchNeed"];
            /** @description How many rooms would do and went to others. */
            taken: number;
            /** @description Why, in words. */
            words: string;
        };
        /** @description The names that wait. */
        MatchList: {
            /** @description In the order they came. */
            items: components["schemas"]["MatchView"][];
            /** @description How many there are. */
            total: number;
        };
        /** @description Who looks for room. */
        MatchNeed: {
            enterprise?: components["schemas"]["LinkedEntry"] | null;
            /** @description Floor area wanted, ㎡. */
            floor: string;
            /** @description The entry. */
            need: components["schemas"]["LinkedEntry"];
            /** @description Tax expected a year, 万元. */
            tax?: string | null;
        };
        /** @description What is to be matched; nothing of it is saved. */
        MatchRequest: {
            /** @description Whether a room may be divided; as the content says when absent. */
            divide?: boolean | null;
            /** @description Grades whose buildings count as rooms too, beside what stands empty. */
            grades?: string[];
            /** @description The day rooms are looked at; today when absent. */
            on?: string | null;
            /**
             * Format: int64
             * @description The frozen evaluation whose grades count; the newest of parcels when absent.
             */
            run?: number | null;
        };
        /** @description A room. */
        MatchRoom: {
            building?: components["schemas"]["LinkedEntry"] | null;
            /**
             * Format: int64
             * @description The occupancy that says it stands empty, or the building.
             */
            entry: number;
            /** @description Floor area, ㎡. */
            floor: string;
            /** @description The grade of its parcel. */
            grade?: string | null;
            /** @description `vacant`, or `low` for a building of a parcel with one of the grades asked for. */
            kind: string;
            /** @description Its parcel. */
            parcel: components["schemas"]["LinkedEntry"];
            /** @description The storey, as the occupancy states it. */
            storey?: string | null;
        };
        /** @description A name that may mean somebody. */
        MatchView: {
            /** @description The register it refers to. */
            book: string;
            /** @description The register's title. */
            book_title: string;
            /** @description Whom it may mean, the likeliest first. */
            candidates: components["schemas"]["CandidateView"][];
            /** @description Where. */
            place: components["schemas"]["Place"];
            /** @description The digest of the file, if it is kept. */
            source?: string | null;
            /** @description The text as it was written. */
            written: string;
        };
        /** @description Who goes where. */
        Matched: {
            /** @description Whether rooms were divided. */
            divided: boolean;
            /** @description Rooms nobody takes. */
            empty: components["schemas"]["MatchRoom"][];
            /** @description Floor area that is taken, ㎡. */
            floor: string;
            /** @description Who finds no room. */
            left: components["schemas"]["MatchLeft"][];
            /** @description The day. */
            on: string;
            /** @description Who goes where. */
            pairs: components["schemas"]["MatchedPair"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description Tax that the placed would bring a year, 万元. */
            tax: string;
        };
        /** @description Somebody and a room. */
        MatchedPair: {
            /** @description How many rooms would have done. */
            choices: number;
            /** @description Floor area it takes, ㎡. */
            floor: string;
            /** @description Who. */
            need: components["schemas"]["MatchNeed"];
            /** @description Where. */
            room: components["schemas"]["MatchRoom"];
            /** @description Whether the parcel was wished for. */
            wished: boolean;
            /** @description Why here, in words. */
            words: string;
        };
        /** @description What a matching did. */
        MatchedPolicies: {
            /** @description Cases whose amount is another one now. */
            changed: number;
            /** @description Cases nobody had looked at and nothing is due by any more. */
            gone: number;
            /** @description Cases opened for a person to look at. */
            new: number;
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description What waits for a person now. */
            waiting: components["schemas"]["CaseLine"][];
        };
        /** @description A measure of one parcel. */
        MeasureCell: {
            /** @description How much of it is known, in percent. */
            known?: string | null;
            /** @description The measure. */
            measure: string;
            /** @description The value per 亩 of the whole parcel. */
            per_mu?: string | null;
            /** @description `present`, `estimated`, `conflicting`, `missing` or `withheld`. */
            state: string;
            /** @description The value in the measure's unit. */
            value?: string | null;
        };
        /** @description A measure as a heading. */
        MeasureHead: {
            /** @description The domain of data it belongs to. */
            domain: string;
            /** @description Its id. */
            id: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description Its unit. */
            unit: string;
        };
        /** @description Visits and demands counted over some days, for all or for one officer, department or category. */
        MetricRow: {
            /** @description Of them answered. */
            answered: number;
            /** @description Demands closed. */
            closed: number;
            /** @description Demands received. */
            demands: number;
            /** @description Of them made. */
            done: number;
            /** @description `done` in percent of `planned`. */
            done_percent?: string | null;
            /** @description Enterprises visited. */
            enterprises: number;
            /** @description Of them late. */
            late: number;
            /** @description Working days from receipt to answer, on average. */
            mean_days?: string | null;
            /** @description Whose; empty where none is recorded. */
            name: string;
            /** @description Enterprises never visited. */
            never: number;
            /** @description Of them answered by their day. */
            on_time: number;
            /** @description `on_time` in percent of `answered`. */
            on_time_percent?: string | null;
            /** @description Demands open past their day. */
            overdue: number;
            /** @description Visits that fell due or are due in the periods that began. */
            planned: number;
            /** @description Demands that changed a policy. */
            policy_changes: number;
            /** @description Demands rated. */
            rated: number;
            /** @description Demands taken up again. */
            reopened: number;
            /** @description `reopened` in percent of those received. */
            reopened_percent?: string | null;
            /** @description The mean rating. */
            satisfaction?: string | null;
            /** @description Demands that are suspended. */
            suspended: number;
            /** @description Demands passed on to another department. */
            transferred: number;
            /** @description Visits made, due or not. */
            visits: number;
        };
        /** @description A milestone that projects have. */
        MilestoneDef: {
            /** @description Its id. */
            id: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description A milestone of one project. */
        MilestoneReached: {
            /** @description When it was reached. */
            actual?: string | null;
            /**
             * Format: int32
             * @description Days later than planned; not reached and overdue: counted to today. Negative is earlier.
             */
            days?: number | null;
            /** @description Which. */
            id: string;
            /** @description When it was planned. */
            planned?: string | null;
        };
        /** @description One step of a reckoning. */
        MoneyLine: {
            /** @description 元, after the caps of the line. */
            amount?: string | null;
            /** @description The entry it was read from. */
            entry: components["schemas"]["LinkedEntry"];
            /** @description Why it has nothing, or what held it down. */
            remarks: string[];
            /** @description The reckoning in words: “8000000 元 × 1.2075% × 146 天 ÷ 365”. */
            words: string;
        };
        /** @description A figure that moved. */
        Moved: {
            /** @description The figure. */
            figure?: string | null;
            /** @description What stands there now. */
            new: string;
            /** @description What stood there. */
            old: string;
            /** @description Which part of the figure: `value`, `yoy`, … */
            piece: string;
            /** @description Where. */
            place: components["schemas"]["PlaceOf"];
            /** @description The tag of its control, as it is now. */
            tag: string;
            /** @description What it is called: the control's title. */
            title: string;
            /** @description Why. */
            why: components["schemas"]["MovedWhy"];
        };
        /** @description A benchmark that moved. */
        MovedBenchmark: {
            /** @description After. */
            after?: string | null;
            /** @description Before. */
            before?: string | null;
            /** @description The group. */
            group: string;
            /** @description The indicator. */
            indicator: string;
            /** @description The indicator's title. */
            title: string;
        };
        /** @description Why a figure moved. */
        MovedWhy: {
            /** @description The entries that were corrected. */
            corrections: components["schemas"]["Correction"][];
            /** @description Whether its definition or the template changed. */
            definition: boolean;
            /** @description How many more were. */
            more: number;
            /** @description Whether it speaks of another month than before. */
            period: boolean;
            /** @description In words. */
            words: string;
        };
        /** @description Something to be done for a plan. */
        NewAction: {
            /** @description The condition it is done for, by its id in the rule. */
            criterion?: string;
            /** @description By when. */
            due?: string | null;
            /** @description Who sees to it. */
            owner?: string;
            /** @description Whose part it is: `enterprise`, `park` or `department`. */
            side: string;
            /** @description What. */
            text: string;
        };
        /** @description A demand an enterprise raises. */
        NewDemand: {
            /** @description Values by field of the form. */
            values: {
                [key: string]: Record<string, never>;
            };
        };
        /** @description A new enterprise. */
        NewEnterprise: {
            /**
             * Format: int64
             * @description Days since then.
             */
            days: number;
            /** @description Whom. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description Who keeps in contact. */
            officer?: string | null;
            /** @description Whether a plan was made with it; not told to who may not read plans. */
            planned?: boolean | null;
            /** @description Since when it is there. */
            since: string;
            /** @description Its first visit. */
            visited?: string | null;
        };
        /** @description A new entry. */
        NewEntry: {
            /** @description Its values by field: JSON, or text as it would be typed. */
            values: {
                [key: string]: Record<string, never>;
            };
            /** @description Why. */
            why: string;
        };
        /** @description An objection to be brought. */
        NewObjection: {
            /**
             * Format: int64
             * @description The enterprise.
             */
            enterprise?: number | null;
            /** @description What shows it: a document's number, name or digest. */
            evidence?: string;
            /** @description What kind, one of the choices of the book. */
            kind: string;
            /**
             * Format: int64
             * @description The parcel.
             */
            parcel?: number | null;
            /** @description What it says. */
            text: string;
        };
        /** @description An account to make. */
        NewPerson: {
            /** @description Their department. */
            department?: string | null;
            /** @description The name people read. */
            display?: string | null;
            /**
             * Format: int64
             * @description The entry of the enterprise they belong to.
             */
            enterprise?: number | null;
            /** @description What they sign in with. */
            name: string;
            /** @description The ids of their roles. */
            roles?: string[];
            /** @description Whether they need a second factor. */
            second_factor_required?: boolean;
        };
        /** @description A plan to be made. */
        NewPlan: {
            /** @description What is to be done. */
            actions?: components["schemas"]["NewAction"][];
            /** @description The batch of that year. */
            batch?: string;
            /**
             * Format: int32
             * @description The year it is to be reached in.
             */
            goal_year?: number | null;
            /** @description Who sees to it. */
            handler?: string;
            /** @description Why this rung, why now. */
            reason?: string;
            /** @description The day it is looked at next. */
            review_on?: string | null;
            /** @description The rung it leads to, as `LADDER.RUNG`. */
            rung: string;
        };
        /** @description A token, shown once. */
        NewTokenView: {
            /** @description The rest of it. */
            record: components["schemas"]["Token"];
            /** @description What the machine sends as `Authorization: Bearer …`. */
            token: string;
        };
        /** @description A view to save; one of the same book and name of one's own is replaced. */
        NewView: {
            /** @description The book. */
            book: string;
            /** @description Its name. */
            name: string;
            /** @description The question, in the client's own form. */
            query: Record<string, never>;
            /** @description Whether everybody is to see it who may read the book. */
            shared?: boolean;
        };
        /** @description A visit to be recorded, with the demands raised at it. */
        NewVisit: {
            /** @description The values of each demand by field. */
            demands?: {
                [key: string]: Record<string, never>;
            }[];
            /**
             * Format: int64
             * @description Whom.
             */
            enterprise: number;
            /** @description The visit's values by field. */
            values: {
                [key: string]: Record<string, never>;
            };
        };
        /** @description The next rung of a path. */
        NextRung: components["schemas"]["RungView"] & {
            lead?: components["schemas"]["LeadCard"] | null;
            window?: components["schemas"]["WindowCard"] | null;
        };
        /** @description Where a case may go. */
        NextStage: {
            /** @description The stage. */
            stage: string;
            /** @description The book's word. */
            word: string;
        };
        /** @description An objection. */
        Objection: {
            /** @description When it was decided. */
            decided?: string | null;
            /** @description What was decided. */
            decision?: string | null;
            enterprise?: components["schemas"]["LinkedEntry"] | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description What shows it. */
            evidence?: string | null;
            /** @description What kind. */
            kind?: string | null;
            /** @description Whether it came after the last day. */
            late: boolean;
            /** @description When it came. */
            on?: string | null;
            parcel?: components["schemas"]["LinkedEntry"] | null;
            /** @description `received`, `upheld`, `rejected`, `withdrawn`. */
            state: string;
            /** @description The state in the book's words. */
            state_words: string;
            /** @description What it says. */
            text?: string | null;
            /**
             * Format: int32
             * @description The entry's version, to decide on it.
             */
            version: number;
        };
        /** @description What was decided on an objection. */
        ObjectionAnswer: {
            /** @description Why. */
            decision: string;
            /** @description `upheld`, `rejected` or `withdrawn`. */
            state: string;
        };
        /** @description Objections to an evaluation. */
        ObjectionList: {
            /** @description Newest first. */
            items: components["schemas"]["Objection"][];
            /** @description The kinds the book knows. */
            kinds: string[];
            /** @description Last day for objections, when one is set. */
            until?: string | null;
        };
        /** @description Who uses a part of a parcel. */
        OccupancyView: {
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description ㎡ of floor. */
            floor_area?: string | null;
            /** @description First day. */
            from?: string | null;
            /** @description `self`, `lease`, `sublease`, `vacant`, `under_construction`, `public`. */
            kind: string;
            /** @description ㎡ of land. */
            land_area?: string | null;
            landlord?: components["schemas"]["LinkedEntry"] | null;
            landlord_name?: components["schemas"]["Cell"] | null;
            /** @description Whether it is in force on the day. */
            present: boolean;
            tenant?: components["schemas"]["LinkedEntry"] | null;
            tenant_name?: components["schemas"]["Cell"] | null;
            /** @description Last day. */
            to?: string | null;
            /** @description Subleases out of it. */
            within: components["schemas"]["OccupancyView"][];
        };
        /** @description Ready slots. */
        OfferList: {
            /** @description A form each. */
            items: components["schemas"]["SlotOffer"][];
        };
        /** @description What is to be said of a figure. */
        OfferRequest: {
            /** @description The month samples are of. */
            period: string;
            /** @description The figure and how it is asked. */
            wish: components["schemas"]["SlotWish"];
        };
        /** @description A one-time link, shown once. */
        OneTimeLink: {
            /** @description Until when it holds. */
            expires: string;
            /** @description The address to open. */
            link: string;
        };
        /** @description How many findings are open. */
        OpenFindings: {
            /** @description Errors. */
            error: number;
            /** @description Notes. */
            note: number;
            /** @description Warnings. */
            warning: number;
        };
        /** @description An entry to choose. */
        OptionItem: {
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Its key, as people read it. */
            key: string;
            /** @description What it is called. */
            title: string;
        };
        /** @description Entries to choose from. */
        OptionList: {
            /** @description The entries: those that begin with what was typed first. */
            items: components["schemas"]["OptionItem"][];
        };
        /** @description Where a value came from. */
        Origin: {
            /** @description The book. */
            book?: string | null;
            /** @description The cell; for what was typed, when. */
            cell?: string;
            /**
             * Format: int64
             * @description The entry.
             */
            entry?: number | null;
            /** @description The field. */
            field?: string | null;
            /** @description The file; for what was typed, the word for it. */
            file?: string;
            /**
             * Format: int64
             * @description The return of an enterprise it was accepted from.
             */
            filing?: number | null;
            /** @description The text of the cell where it is not exactly the stored value. */
            original?: string | null;
            /** @description The sheet; for what was typed, by whom. */
            sheet?: string;
            /** @description The digest of the file, when there is one. */
            source?: string | null;
        };
        /** @description A figure that a person typed over. */
        Overtyped: {
            /** @description What is asked of them; empty once there is a reason. */
            asks: string;
            /** @description The figure. */
            figure?: string | null;
            /** @description What the ledger says now. */
            machine: string;
            /** @description Where. */
            place: components["schemas"]["PlaceOf"];
            /** @description What was printed; none when the file does not say so any more. */
            printed?: string | null;
            /** @description Why, if they said so. */
            reason?: string | null;
            /** @description The tag of its control; the reason is given for it. */
            tag: string;
            /** @description The tag of the control in the refreshed document. */
            tag_now: string;
            /** @description What they wrote. */
            theirs: string;
            /** @description What it is called. */
            title: string;
        };
        /** @description The overview of a month. */
        Overview: {
            /** @description The figures. */
            cards: components["schemas"]["OverviewCard"][];
            /** @description The books they stand in, with how many there are of each, that of the most urgent case first. */
            deadline_books: components["schemas"]["DeadlineBook"][];
            /** @description Cases whose deadline is near or past, the most urgent first; of each book at most fifty. */
            deadlines: components["schemas"]["Deadline"][];
            /** @description Things that end soon, the nearest first. */
            expiring: components["schemas"]["Ending"][];
            /** @description Open findings. */
            findings: components["schemas"]["OpenFindings"];
            /** @description Returns that are due and not complete. */
            late: components["schemas"]["LateReturn"][];
            /** @description The newest month with a return. */
            latest_period?: string | null;
            /** @description The month shown. */
            period: string;
            /** @description Names that wait for a decision. */
            queue: number;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
        };
        /** @description One figure. */
        OverviewCard: {
            /** @description Its answer. */
            answer: components["schemas"]["Answer"];
            /** @description Its last thirteen periods. */
            spark: components["schemas"]["SparkPoint"][];
            task?: components["schemas"]["Task"] | null;
        };
        /** @description A demand as its enterprise follows it. */
        OwnDemand: components["schemas"]["DemandHead"] & {
            /** @description The day the answer is due; none once it came. */
            due?: string | null;
            /** @description It goes on. */
            open: boolean;
            /** @description It waits for a rating. */
            to_rate: boolean;
        };
        /** @description The demands of one's own enterprise. */
        OwnDemands: {
            form?: components["schemas"]["VisitForm"] | null;
            /** @description Those that go on first, then the newest. */
            items: components["schemas"]["OwnDemand"][];
        };
        /** @description Something a report asks for. */
        ParameterDef: {
            /** @description The values it may have, where content lists them. */
            choices: components["schemas"]["TitledId"][];
            /** @description What it is when nothing is set. */
            default?: string | null;
            /** @description Its name. */
            id: string;
            /** @description `book`: values that stand in a book, to be asked for; `choice`: one of `choices`; `day`: a date. */
            kind: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description What is known of which parcel, and what is not. */
        ParcelCoverage: {
            /** @description The domains, in order. */
            domains: components["schemas"]["DomainHead"][];
            /** @description What is missing, by department. */
            gaps: components["schemas"]["GapList"][];
            /** @description How many of them come before the first row. */
            offset: number;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description Parcels, those that were asked for. */
            rows: components["schemas"]["CoverageRow"][];
            /** @description How many parcels the question selects. */
            total: number;
            /** @description Coverage over all parcels that are to be evaluated. */
            totals: components["schemas"]["CoverageTotals"];
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description How the score of a parcel comes about. */
        ParcelExplanation: {
            /** @description Its code. */
            code: string;
            /** @description Promises of the contract. */
            commitments: components["schemas"]["CommitmentView"][];
            /**
             * Format: int64
             * @description The parcel or enterprise.
             */
            entry: number;
            /** @description The grade before veto and protection. */
            first_grade?: string | null;
            /** @description The grade. */
            grade?: string | null;
            /** @description The group. */
            group: string;
            group_position?: components["schemas"]["GroupPosition"] | null;
            /** @description Each indicator. */
            indicators: components["schemas"]["ExplainedIndicator"][];
            /** @description Its name. */
            name: string;
            next?: components["schemas"]["Distance"] | null;
            /**
             * Format: int64
             * @description The frozen evaluation; absent for one that is not frozen.
             */
            run?: number | null;
            /** @description The scheme. */
            scheme: string;
            /** @description The scheme's title. */
            scheme_title: string;
            /** @description The score. */
            score?: string | null;
            /** @description How it stands. */
            status: string;
            /** @description From nothing to the score, step by step. */
            waterfall: components["schemas"]["WaterfallStep"][];
            /** @description Why, in words. */
            words: string;
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
            /** @description Earlier years, oldest first. */
            years: components["schemas"]["YearScore"][];
        };
        /** @description Something a reader must know of a parcel. */
        ParcelFlag: {
            /** @description A stable word. */
            code: string;
            /** @description A sentence. */
            text: string;
        };
        /** @description Parcels as a map: all boundaries at once, or where to ask for tiles when there are too many. */
        ParcelMap: {
            /** @description Buildings with a boundary, as a GeoJSON feature collection with `parcel` and `name`; absent when there are tiles. */
            buildings?: Record<string, never> | null;
            /** @description How many buildings have a boundary. */
            built: number;
            /** @description What colours say: `grade`, `coverage`, `change`, `state` or `measure:ID`. */
            color: string;
            /** @description How many parcels have a boundary. */
            count: number;
            /** @description West, south, east, north in degrees (CGCS2000); none without a boundary. */
            extent?: number[] | null;
            /**
             * @description A GeoJSON feature collection; each feature has the entry as its id and `code`, `name`, `class` (an id of the legend),
             *     `grade`, `state`, `mu` as properties. Absent when there are tiles.
             */
            features?: Record<string, never> | null;
            /** @description What each colour value means, in order. */
            legend: components["schemas"]["LegendItem"][];
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /**
             * Format: int64
             * @description The frozen evaluation of grades.
             */
            run?: number | null;
            /**
             * @description The template of the addresses of vector tiles, `{z}`, `{x}`, `{y}` to be filled; their layers are `parcels`,
             *     whose features have the entry as their id, `class` and from zoom 13 on `name` (or code) as properties; `far`, the ground
             *     of parcels smaller than 6 × 6 pixels, a feature for each `class`; `label`, points with a `text` where there is room for
             *     it; and from zoom 13 on `building` with the entry as id, `parcel` and `name`.
             */
            tiles?: string | null;
            /** @description How many have none. */
            undrawn: number;
        };
        /** @description Parcels that are in force on a day. */
        ParcelPage: {
            /** @description The rows of this page. */
            items: components["schemas"]["ParcelRow"][];
            /** @description The measures that were asked for. */
            measures: components["schemas"]["MeasureHead"][];
            /** @description First row of this page, from 0. */
            offset: number;
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /**
             * Format: int64
             * @description The frozen evaluation grades and scores are of.
             */
            run?: number | null;
            /** @description How many parcels match. */
            total: number;
            /** @description Sums over all that match. */
            totals: components["schemas"]["ParcelTotals"];
            /**
             * Format: int32
             * @description The year of the values.
             */
            year: number;
        };
        /** @description One parcel of the list. */
        ParcelRow: {
            /** @description The legal area in ㎡: of certificate, survey and contract the first that is known. */
            area?: string | null;
            /** @description Where the area is from: `certificate`, `surveyed`, `contract`, `register`; empty when there is none. */
            area_source: string;
            /** @description The parcel code (宗地代码). */
            code: string;
            /** @description Domains of data that are known, in percent. */
            coverage?: string | null;
            /** @description Whether its boundary is known. */
            drawn: boolean;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description What a reader must know. */
            flags: components["schemas"]["ParcelFlag"][];
            /** @description Its grade in `run`. */
            grade?: string | null;
            holder?: components["schemas"]["LinkedEntry"] | null;
            /** @description The use of the land. */
            land_use?: string | null;
            /** @description The layer of space by the code's feature letters: `surface`, `above`, `below`. */
            layer: string;
            /** @description Where it is, in words. */
            location?: string | null;
            /** @description The legal area in 亩: ㎡ × 0.0015. */
            mu?: string | null;
            /** @description What it is called. */
            name: string;
            /** @description Its score in `run`. */
            score?: string | null;
            /** @description The day of the change of boundary it came of. */
            since?: string | null;
            /** @description The state of use, as the book says it. */
            state?: string | null;
            /** @description How it stands with the evaluation: `scored`, `not_due`, `exempt`, `no_data`. */
            status?: string | null;
            /** @description The measures asked for, in the order of the headings. */
            values: components["schemas"]["MeasureCell"][];
        };
        /** @description Sums over parcels. Area is added up for surface parcels only. */
        ParcelTotals: {
            /** @description Their area in ㎡. */
            area: string;
            /** @description By how they stand with the evaluation, or by state of use when none was made. */
            by_status: components["schemas"]["StatusTotal"][];
            /** @description How many. */
            count: number;
            /** @description Their area in 亩. */
            mu: string;
            /** @description How many have no area. */
            without_area: number;
        };
        /** @description One parcel. */
        ParcelView: {
            /** @description Its areas by source, the legal one first. */
            areas: components["schemas"]["AreaView"][];
            /** @description Measures of the year with the enterprises they are from. */
            attribution: components["schemas"]["AttributionView"][];
            /** @description Buildings. */
            buildings: components["schemas"]["BuildingView"][];
            /** @description All cells of its entry, by field. */
            cells: {
                [key: string]: components["schemas"]["Cell"];
            };
            /** @description What the contract promises, and how far it is kept. */
            commitments: components["schemas"]["CommitmentView"][];
            /** @description What was done about idle or low-efficiency land. */
            disposals: components["schemas"]["DisposalView"][];
            /** @description Frozen evaluations it was part of, newest first. */
            evaluations: components["schemas"]["EvaluationOfParcel"][];
            /** @description Floor-area ratio as built: floor area counted for the ratio ÷ area. */
            far?: string | null;
            /** @description Measured floor area of the buildings in ㎡. */
            floor_area?: string | null;
            /** @description Its boundary as a GeoJSON geometry. */
            geometry?: Record<string, never> | null;
            /** @description The area of the boundary in ㎡, only to check the legal area. */
            geometry_area?: string | null;
            /** @description What it was made from and what became of it, oldest first. */
            lineage: components["schemas"]["LineageView"][];
            /** @description Who uses it: top level, subleases within. */
            occupancies: components["schemas"]["OccupancyView"][];
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description Rights of use. */
            rights: components["schemas"]["RightView"][];
            /** @description As in the list. */
            row: components["schemas"]["ParcelRow"];
            /**
             * Format: int32
             * @description The year of the values.
             */
            year: number;
        };
        /** @description What one enterprise gives to a parcel. */
        PartView: {
            /** @description The enterprise. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description How good the evidence is, `A` best. */
            evidence: string;
            /** @description How it was split: `account`, `meter`, `occupancy`, `area_time`. */
            method: string;
            /** @description The method in words. */
            method_words: string;
            /** @description The question to `/figures/{figure}/trace` whose cells these are; absent when a reader may not ask it. */
            question?: string | null;
            /** @description What it gives; absent when missing. */
            value?: string | null;
            /** @description What of it is this parcel's, in percent. */
            weight?: string | null;
            /** @description Its value for the year, everywhere. */
            whole?: string | null;
        };
        /** @description A party of a pool. */
        PartyStanding: {
            /** @description What it bore, less what came back, 元. */
            borne?: string | null;
            /** @description Which. */
            party: string;
            /** @description Its share, per cent; none while it is to be supplied. */
            share?: string | null;
        };
        /** @description The password, asked again before something that weakens the account. */
        Password: {
            /** @description The account's password. */
            password: string;
        };
        /** @description The old password and the new one. */
        PasswordChange: {
            /** @description The one from now on. */
            new: string;
            /** @description The one so far. */
            old: string;
        };
        /** @description A visit that was made. */
        PastVisit: {
            /**
             * Format: int64
             * @description Its entry.
             */
            entry: number;
            /** @description Who went. */
            officer?: string | null;
            /** @description The day. */
            on: string;
        };
        /** @description Rows from the clipboard. */
        Paste: {
            /** @description Only say what would happen. */
            dry_run?: boolean;
            /** @description The rows. */
            rows: components["schemas"]["PasteRow"][];
            /** @description Why. */
            why?: string;
        };
        /** @description What a paste does. */
        PasteOutcome: {
            /** @description Entries whose values differ. */
            changed: number;
            /** @description What is wrong or doubtful, by row and field. An error anywhere keeps all rows from being written. */
            findings: components["schemas"]["RowFinding"][];
            /** @description Entries that do not exist yet. */
            new: number;
            /**
             * Format: int64
             * @description The revision; none while nothing was written.
             */
            revision?: number | null;
            /** @description Entries that stay as they are. */
            unchanged: number;
        };
        /** @description One row from the clipboard. */
        PasteRow: {
            /**
             * Format: int32
             * @description The version it is based on.
             */
            based_on?: number | null;
            /**
             * Format: int64
             * @description The entry it changes; none for a new one – or for the one its key belongs to.
             */
            entry?: number | null;
            /** @description Its values by field. */
            values: {
                [key: string]: Record<string, never>;
            };
        };
        /** @description Everybody. */
        People: {
            /** @description By number. */
            items: components["schemas"]["PersonRecord"][];
        };
        /**
         * @description Why a document was audited for this month.
         * @enum {string}
         */
        PeriodFrom: "given" | "document" | "text" | "newest";
        /** @description Counts of one period. */
        PeriodTotals: {
            /** @description How many must report. */
            expected: number;
            /** @description How many were late. */
            late: number;
            /** @description How many are due and missing. */
            missing: number;
            /** @description The period. */
            period: string;
            /** @description How many have, late ones included. */
            sent: number;
        };
        /** @description A person as they see themselves. */
        Person: {
            /** @description Their department. */
            department: string;
            /** @description The name people read. */
            display: string;
            enterprise?: components["schemas"]["EnterpriseRef"] | null;
            /**
             * Format: int64
             * @description Their number.
             */
            id: number;
            /** @description The language they read: `zh-CN` or `en`. */
            language: string;
            /** @description What they sign in with. */
            name: string;
            /** @description All rights they hold anywhere. */
            rights: components["schemas"]["Right"][];
            /** @description The ids of their roles. */
            roles: string[];
            /** @description Whether a second factor counts. */
            second_factor: boolean;
        };
        /** @description What to change of an account; what is not named stays. */
        PersonChange: {
            /** @description Their department. */
            department?: string | null;
            /** @description The name people read. */
            display?: string | null;
            /**
             * Format: int64
             * @description The entry of the enterprise they belong to; `null` for none.
             */
            enterprise?: number | null;
            /** @description Whether they are kept out. `false` also forgets wrong tries. */
            locked?: boolean | null;
            /** @description The ids of their roles. */
            roles?: string[] | null;
            /** @description Whether they need a second factor. */
            second_factor_required?: boolean | null;
        };
        /** @description A person as an administrator sees them. */
        PersonRecord: components["schemas"]["Person"] & {
            /** @description Since when they are known. */
            created: string;
            /**
             * Format: int32
             * @description Wrong tries since the last right one.
             */
            failed: number;
            /** @description When they last signed in. */
            last_seen?: string | null;
            /** @description Whether an administrator keeps them out, or wrong tries do. */
            locked: boolean;
            /** @description Until when wrong tries keep them out. */
            locked_until?: string | null;
            /** @description Whether an administrator requires a second factor. */
            second_factor_required: boolean;
            /** @description Whether a password was ever set. */
            set_up: boolean;
        };
        /** @description How many photos a visit may have and how large. */
        PhotoLimits: {
            /**
             * Format: int32
             * @description How long a file may be, in MiB.
             */
            max_mb: number;
            /**
             * Format: int32
             * @description How many a visit may have.
             */
            most: number;
        };
        /** @description A photo sent as a form, for the description of the API. */
        PhotoUpload: {
            /**
             * Format: binary
             * @description JPEG or PNG, judged by content.
             */
            file: string;
        };
        /** @description A row of a pipeline. */
        PipelineItem: {
            /** @description Its amount. */
            amount?: string | null;
            /** @description The entry. */
            entry: components["schemas"]["LinkedEntry"];
            /** @description Its values, aligned with the columns. */
            row: components["schemas"]["FileRow"];
            /** @description Its stage. */
            stage: string;
        };
        /** @description A stage. */
        PipelineStage: {
            /** @description Whether the work ends there. */
            closed: boolean;
            /** @description How many rows are at it. */
            count: number;
            /** @description Their amounts together. */
            sum: string;
            /** @description How many of them have no amount. */
            without: number;
            /** @description Its word. */
            word: string;
        };
        /** @description Rows of a book by stage. */
        PipelineView: {
            /** @description Figures above it. */
            answers: components["schemas"]["Answer"][];
            /** @description The book. */
            book: string;
            /** @description What is shown of a row. */
            columns: components["schemas"]["FileColumn"][];
            /** @description Its id. */
            id: string;
            /** @description The rows, largest amounts first within a stage. */
            items: components["schemas"]["PipelineItem"][];
            /** @description The stages in order. */
            stages: components["schemas"]["PipelineStage"][];
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description The unit of amounts. */
            unit?: string | null;
        };
        /** @description Where something is. */
        Place: {
            /** @description The book. */
            book?: string;
            /** @description The cell in A1 form, or a range. */
            cell?: string;
            /**
             * Format: int64
             * @description The entry.
             */
            entry?: number;
            /** @description The field. */
            field?: string;
            /** @description The file's name. */
            file?: string;
            /** @description The sheet. */
            sheet?: string;
        };
        /** @description Where something stands in a document. */
        PlaceOf: {
            /** @description A few words around it, itself in 【】. */
            around: string;
            /** @description The paragraph of the part, from 1. */
            paragraph: number;
            /** @description The part of the file. */
            part: string;
            /** @description The last heading before it. */
            section: string;
            /** @description The same in words. */
            words: string;
        };
        /** @description Something to be done for a plan. */
        PlanAction: {
            /** @description The condition it is done for, by its id in the rule. */
            criterion?: string | null;
            /** @description When it was done. */
            done_on?: string | null;
            /** @description By when. */
            due?: string | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /**
             * Format: int64
             * @description Days over the day it was to be done by; none: done, or not due yet.
             */
            late_days?: number | null;
            /** @description Its number. */
            number: string;
            /** @description Whether it is still to be done. */
            open: boolean;
            /** @description Who sees to it. */
            owner?: string | null;
            /** @description Whose part it is. */
            side?: string | null;
            /** @description In the words of its book. */
            state: string;
            /** @description What. */
            text: string;
            /**
             * Format: int32
             * @description Its version.
             */
            version: number;
        };
        /** @description A plan made with an enterprise for one rung (一企一策). */
        PlanCase: {
            /** @description What is done for it, in the order it was planned. */
            actions: components["schemas"]["PlanAction"][];
            /** @description The batch of that year. */
            batch?: string | null;
            /** @description What the enterprise agreed to. */
            commitment?: string | null;
            /** @description When it came to each stage, in order of the days. */
            days: components["schemas"]["PlanDay"][];
            /** @description How many of them were done. */
            done: number;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description The conditions that stand in the way of the rung on the day, each with who sees to it by when. */
            gaps: components["schemas"]["PlanGap"][];
            /** @description The year it is to be reached in. */
            goal_year?: string | null;
            /** @description Who sees to it. */
            handler?: string | null;
            /** @description Where it may go from here; nowhere for who may not move it. */
            next: components["schemas"]["PlanNext"][];
            /** @description Its number. */
            number: string;
            /** @description What came of it. */
            outcome?: string | null;
            /** @description Why this rung, why now. */
            reason?: string | null;
            /** @description The day it is looked at next. */
            review_on?: string | null;
            /** @description That rung, as `LADDER.RUNG`. */
            rung: string;
            /** @description Who signed for it. */
            signatory?: string | null;
            /** @description How far it is. */
            stage: string;
            /** @description In the words of its book. */
            state: string;
            /** @description The rung it leads to, in words. */
            target: string;
            /**
             * Format: int32
             * @description Its version, which a change names.
             */
            version: number;
        };
        /** @description The day a plan came to a stage. */
        PlanDay: {
            /** @description The day. */
            on: string;
            /** @description In the words of its book. */
            title: string;
        };
        /** @description A condition in the way of a plan. */
        PlanGap: components["schemas"]["CriterionView"] & {
            /** @description By when. */
            due?: string | null;
            /** @description Who sees to it. */
            owner?: string | null;
            /** @description Whose part it is. */
            side?: string | null;
        };
        /** @description A plan that was made or moved. */
        PlanKept: {
            /**
             * Format: int64
             * @description The plan.
             */
            plan: number;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
        };
        /** @description Money an enterprise may have, or that is on the way. */
        PlanMoney: {
            /** @description 元; none: nobody can tell yet. */
            amount?: string | null;
            /**
             * Format: int64
             * @description The case.
             */
            entry?: number | null;
            /** @description The state of the case; none: it may be applied for. */
            state?: string | null;
            /** @description The policy. */
            title: string;
            /** @description Its English title. */
            title_en: string;
        };
        /** @description What is changed in a plan that goes on. */
        PlanMove: {
            /** @description What the enterprise agrees to; needed to agree. */
            commitment?: string;
            /** @description The day; today where none is given. */
            on?: string | null;
            /** @description What came of it; needed where it is not reached. */
            outcome?: string;
            /** @description The day it is looked at next. */
            review_on?: string | null;
            /** @description Who signs for it; needed to agree. */
            signatory?: string;
            /** @description To where. */
            stage: string;
            /**
             * Format: int32
             * @description The version of the plan the change is based on.
             */
            version: number;
        };
        /** @description A stage a plan may go to. */
        PlanNext: {
            /** @description The stage. */
            stage: string;
            /** @description In the words of its book. */
            title: string;
        };
        /** @description One path of a plan: a ladder. */
        PlanPath: {
            /** @description Rungs it holds, the lowest first. */
            holds: components["schemas"]["HeldRung"][];
            /** @description The ladder. */
            ladder: string;
            /** @description Rungs it held and lost: expired or revoked. */
            lost: components["schemas"]["HeldRung"][];
            next?: components["schemas"]["NextRung"] | null;
            /** @description Chinese title. */
            title: string;
        };
        /** @description Something of a plan that falls due. */
        PlanReminder: {
            /**
             * Format: int64
             * @description Days until then; negative is over.
             */
            days: number;
            /** @description The enterprise. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description `step`, `action`, `review`, `expiry`, `opens` or `closes`. */
            kind: string;
            /** @description When. */
            on: string;
            /** @description In words. */
            text: string;
        };
        /** @description What falls due in all plans. */
        PlanReminders: {
            /** @description By day. */
            items: components["schemas"]["PlanReminder"][];
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description Enterprises without any step or plan, not counting those that left. */
            without_plan: number;
        };
        /** @description What speaks against a plan: a case that is open, a title that was lost or ends. */
        PlanRisk: {
            /**
             * Format: int64
             * @description The entry it stands in.
             */
            entry?: number | null;
            /** @description Its day. */
            on?: string | null;
            /** @description In words. */
            text: string;
        };
        /** @description A step agreed with an enterprise. */
        PlanStep: {
            /** @description What the enterprise is asked to do. */
            asked?: string | null;
            /** @description The day it was done. */
            done?: string | null;
            /** @description The day it is to be done by. */
            due?: string | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description The year it is to be reached in. */
            goal_year?: string | null;
            /**
             * Format: int64
             * @description Days over the day it was to be done by; none: done, or not due yet.
             */
            late_days?: number | null;
            /** @description What the committee does. */
            offered?: string | null;
            /** @description Who sees to it. */
            owner?: string | null;
            /** @description The rung it leads to. */
            rung?: string | null;
            /** @description Which step. */
            step: string;
            /** @description Whether the rule of that rung is met. */
            verdict?: string | null;
        };
        /** @description A policy in the list. */
        PolicyCard: {
            /** @description Who issued it. */
            authority: string;
            /** @description Bound by cases that are open or paid, 元. */
            bound: string;
            /** @description Money set aside, 元. */
            budget?: string | null;
            /** @description Cases of the year. */
            cases: number;
            /** @description Document number (文号), or `to be supplied`. */
            document: string;
            /** @description Whether the park's books feed it. */
            fed: boolean;
            /** @description `grant`, `charge` (a surcharge the enterprise pays) or `loss` (a pool pays). */
            flow: string;
            /** @description Its id. */
            id: string;
            /** @description Whether it is in force in the year. */
            in_force: boolean;
            /** @description `proposed` (免申即享) or `applied`. */
            mode: string;
            /** @description Paid, 元. */
            paid: string;
            /** @description Where it holds; empty: everywhere. */
            region: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description What a policy comes to in a year. */
        PolicyCost: {
            /** @description How many are due money. */
            due: number;
            /** @description What those that are due have together, 元. */
            total: string;
            /** @description Of how many it is not known. */
            unknown: number;
        };
        /** @description All policies with what a year cost. */
        PolicyList: {
            /** @description The policies. */
            items: components["schemas"]["PolicyCard"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description What the program matched and nobody has looked at yet, of all years, the most urgent first. */
            waiting: components["schemas"]["CaseLine"][];
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description A number of a document. */
        PolicyNumber: {
            /** @description Its path in the policy's file: `limits.cap`, `formula.share`. */
            path: string;
            /** @description What it is. */
            title: string;
            /** @description What is tried instead. */
            tried?: string | null;
            /** @description What the document says; none while it is to be supplied. */
            value?: string | null;
        };
        /** @description What a document says of one kind. */
        PolicyTerm: {
            /** @description `who`, `uses`, `period`, `money`, `excluded`, `overlap`, `procedure`. */
            kind: string;
            /** @description What it says. */
            lines: string[];
        };
        /** @description One policy in a year: who is due what, and how far the cases have come. */
        PolicyView: {
            by_document?: components["schemas"]["PolicyCost"] | null;
            /** @description In short. */
            card: components["schemas"]["PolicyCard"];
            /** @description The cases. */
            cases: components["schemas"]["CaseLine"][];
            /** @description Who may have it, in words. */
            conditions: string[];
            /** @description How many are due money. */
            due: number;
            /** @description Enterprises, those with the most money first. */
            items: components["schemas"]["Candidate"][];
            /** @description The numbers of the document, each of which a what-if may change. */
            numbers: components["schemas"]["PolicyNumber"][];
            /** @description Papers to be handed in. */
            papers: string[];
            pool?: components["schemas"]["PoolStanding"] | null;
            /**
             * Format: int32
             * @description Days a list of receivers is public.
             */
            public_days?: number | null;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description What is known of the document and from where. */
            source: string;
            /** @description What else the document says, for people to check. */
            terms: components["schemas"]["PolicyTerm"][];
            /** @description What those that are due have together, 元. */
            total: string;
            /** @description Of how many it is not known. */
            unknown: number;
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description A pool in the list. */
        PoolCard: {
            /** @description Enterprises that a screen finds. */
            candidates: number;
            /** @description Enterprises that cross a threshold by the end of the year, as an estimate. */
            crossing: number;
            /** @description Its id. */
            id: string;
            /** @description Enterprises that are kept in it on the day. */
            kept: number;
            /** @description Who came and who left, month by month, the newest last. */
            months: components["schemas"]["PoolMonth"][];
            /** @description Of those, the ones that are not kept. */
            proposed: number;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description Kept ones that no screen finds. */
            unscreened: number;
        };
        /** @description All pools with their counts. */
        PoolList: {
            /** @description The pools, one per line of work. */
            items: components["schemas"]["PoolCard"][];
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
        };
        /** @description A month of a pool. */
        PoolMonth: {
            /** @description Enterprises that came. */
            entered: number;
            /** @description Enterprises the screens found at its end, by the rules and the data of that day; none: the data do not allow it. */
            found?: number | null;
            /** @description The ones found a month before and no longer. */
            gone?: number | null;
            /** @description Enterprises kept at its end. */
            kept: number;
            /** @description Enterprises that left. */
            left: number;
            /** @description The month: `2023-09`. */
            month: string;
            /** @description Of those, the ones not found a month before. */
            newly?: number | null;
        };
        /** @description One candidate. */
        PoolRow: {
            /** @description The day of crossing by the trend: an estimate. */
            crossing?: string | null;
            /** @description How far it is from the threshold; negative: beyond it. */
            distance?: string | null;
            /** @description The enterprise. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description Of a rung: conditions in the way, each with its gap. */
            gaps: string[];
            kept?: components["schemas"]["Kept"] | null;
            /** @description The step it has reached, by the screen's own words. */
            level?: string | null;
            /** @description Data that are missing, each with who has it. */
            missing: string[];
            /** @description How much the value moves a month – of yearly data a year – by its trend. */
            moving?: string | null;
            /** @description The last day the value speaks of. */
            observed?: string | null;
            /** @description The conditions of the screen that it meets, where nothing else tells how near it is. */
            reasons: string[];
            /** @description The screen; none: no screen finds it. */
            screen?: string | null;
            /** @description Whether people keep it. */
            state: components["schemas"]["PoolState"];
            /** @description The last day of a term that ends soon. */
            until?: string | null;
            /** @description The value in the screen's unit. */
            value?: string | null;
            /** @description Of a rung: whether its rule is met. */
            verdict?: string | null;
            /** @description Whether amounts are withheld because the reader may not read the book they come from. */
            withheld: boolean;
        };
        /** @description How a risk pool stands on a day: its money, the credit it stands for, its losses and who bore them. */
        PoolStanding: {
            /** @description What is left, 元: paid in, less lost, and what came back. */
            balance?: string | null;
            /** @description The money paid in, 元; none while it is to be supplied. */
            capital?: string | null;
            /** @description Credit drawn by enterprises that are in, 元. */
            drawn: string;
            /** @description Enterprises that entered in the year. */
            entered: number;
            /** @description Enterprises that are in. */
            enterprises: number;
            /** @description The losses, the newest first. */
            losses: components["schemas"]["LossLine"][];
            /** @description Paid out for losses, 元. */
            lost: string;
            /** @description The most credit the pool may stand for, 元: what is left times the leverage. */
            most_credit?: string | null;
            /** @description The day: the year's last, or today. */
            on: string;
            /** @description Of them with a loan overdue. */
            overdue: number;
            /** @description What each party paid in and bore. */
            parties: components["schemas"]["PartyStanding"][];
            /** @description Of it come back, 元. */
            recovered: string;
        };
        /**
         * @description Whether people keep a candidate.
         * @enum {string}
         */
        PoolState: "kept" | "proposed" | "unscreened";
        /** @description One pool in full. */
        PoolView: {
            /** @description The book in which people keep candidates. */
            book: string;
            /** @description Candidates by screen, the nearest first; then those kept that no screen finds. */
            items: components["schemas"]["PoolRow"][];
            /** @description The day. */
            on: string;
            /** @description Its counts. */
            pool: components["schemas"]["PoolCard"];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description The screens in force. */
            screens: components["schemas"]["ScreenCard"][];
        };
        /** @description The first page of an enterprise. */
        PortalHome: {
            /** @description What it can have certified. */
            certificates: components["schemas"]["Certificate"][];
            demands?: components["schemas"]["OwnDemands"] | null;
            /** @description The enterprise. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description What falls due in its plan. */
            reminders: components["schemas"]["PlanReminder"][];
            /** @description Its returns, what is to be done first comes first. */
            returns: components["schemas"]["ReturnHead"][];
            /** @description The day. */
            today: string;
        };
        /** @description Floor area that may still be built, the most worthwhile first. */
        PotentialPage: {
            /** @description Floor area that may be added in all, ㎡. */
            addable: string;
            /** @description The parcels. */
            items: components["schemas"]["PotentialRow"][];
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /**
             * Format: int64
             * @description The evaluation of the scores; none when there is none of parcels.
             */
            run?: number | null;
            /** @description Parcels of which it cannot be told. */
            unknown: components["schemas"]["PotentialUnknown"][];
            /** @description Floor area that is looked for on these parcels, ㎡. */
            wanted: string;
        };
        /** @description What may be added to a parcel. */
        PotentialRow: {
            /** @description Floor area that may be added, ㎡. */
            addable: string;
            /** @description Its legal area, ㎡. */
            area: string;
            /** @description Its code. */
            code: string;
            /** @description Floor area counted for the ratio, ㎡. */
            counted: string;
            /** @description Score over the best score. */
            efficiency?: string | null;
            /** @description Floor area by which it exceeds what is allowed, ㎡. */
            excess: string;
            /** @description The largest floor-area ratio allowed. */
            far_max: string;
            /** @description The grade. */
            grade?: string | null;
            /** @description Wanted over addable, one at most. */
            need: string;
            /** @description What they look for. */
            needs: components["schemas"]["LinkedEntry"][];
            /** @description The parcel. */
            parcel: components["schemas"]["LinkedEntry"];
            /** @description Efficiency × need. */
            priority?: string | null;
            /** @description The score. */
            score?: string | null;
            /** @description Floor area its holder and occupants look for, ㎡. */
            wanted: string;
            /** @description Why it stands here. */
            words: string;
        };
        /** @description A parcel of which no potential can be told. */
        PotentialUnknown: {
            /** @description Its code. */
            code: string;
            /** @description What is missing, and who has it. */
            missing: components["schemas"]["LowMissing"][];
            /** @description The parcel. */
            parcel: components["schemas"]["LinkedEntry"];
        };
        /** @description A report as it reads now. */
        Preview: {
            /** @description The document from top to bottom. */
            blocks: components["schemas"]["Block"][];
            /** @description The claims it asked. */
            claims: components["schemas"]["ClaimOfReport"][];
            /** @description The digest of the content it is made with. */
            content_digest: string;
            /** @description What a person must look at. */
            findings: components["schemas"]["Finding"][];
            /** @description Its month. */
            period: string;
            /** @description The report. */
            report: string;
            /**
             * Format: int64
             * @description The revision it is made from.
             */
            revision: number;
            /** @description Everything that was printed from the ledger. */
            slots: components["schemas"]["Slot"][];
            /** @description Its title. */
            title: string;
            /** @description How many slots have no value. */
            unfilled: number;
        };
        /** @description A policy that prices by grades. */
        PricedPolicy: {
            /** @description The measure it counts by; none when nobody measures that. */
            measure?: string | null;
            /** @description The measure's title. */
            measure_title: string;
            /** @description The unit a rate may be tried in; none when none can. */
            rate_unit?: string | null;
            /** @description The rates in force, and those tried in their place. */
            rates: components["schemas"]["EffectRate"][];
            /** @description What it is called. */
            title: string;
            /** @description The unit of quantities. */
            unit: string;
        };
        /** @description An error as callers receive it, `application/problem+json`. */
        Problem: {
            /** @description A stable word for programs. */
            code: string;
            /** @description A stale edit: the entry as it is now. */
            current?: Record<string, never> | null;
            /** @description What happened here, a sentence. */
            detail: string;
            /** @description Arguments that are wrong, by name. */
            fields?: components["schemas"]["FieldProblem"][];
            /** @description What is wrong with the data, in the same shape as the command line prints. */
            findings?: Record<string, never>[];
            /** @description What to do about it. */
            hint: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description What happened, in a few words. */
            title: string;
            /** @description `urn:parkledger:problem:` and the code. */
            type: string;
            /** @description A stale edit: what was sent. */
            yours?: Record<string, never> | null;
        };
        /** @description A target and what is claimed under it. */
        ProgrammeView: {
            answer?: components["schemas"]["Answer"] | null;
            /** @description How many arrivals are claimed. */
            claims: number;
            task?: components["schemas"]["Task"] | null;
            /** @description Its word. */
            word: string;
        };
        /** @description One project. */
        Project: {
            /** @description Invested in the newest year with a return, in `unit`. */
            done?: string | null;
            enterprise?: components["schemas"]["LinkedEntry"] | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description What kind. */
            kind?: string | null;
            /** @description Milestones in order, those without a date too. */
            milestones: components["schemas"]["MilestoneReached"][];
            parcel?: components["schemas"]["LinkedEntry"] | null;
            /** @description Planned for the year in `unit`. */
            planned_year?: string | null;
            /** @description How it stands. */
            status?: string | null;
            /** @description The last month `done` counts. */
            through?: string | null;
            /** @description What it is called. */
            title: string;
            /** @description Total investment in `unit`. */
            total?: string | null;
            /** @description The unit of the money. */
            unit: string;
        };
        /** @description One project with its months. */
        ProjectView: components["schemas"]["Project"] & {
            /** @description Its milestones' titles. */
            milestone_defs: components["schemas"]["MilestoneDef"][];
            /** @description The months, oldest first. */
            months: components["schemas"]["InvestedMonth"][];
            /** @description What the money went into. */
            parts: components["schemas"]["MilestoneDef"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
        };
        /** @description All projects. */
        Projects: {
            /** @description The projects, in the order of the book. */
            items: components["schemas"]["Project"][];
            /** @description The milestones in order. */
            milestones: components["schemas"]["MilestoneDef"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description How many there are. */
            total: number;
        };
        /** @description Investment promotion (招商) as of a day. */
        Promotion: {
            capital?: components["schemas"]["CapitalView"] | null;
            land?: components["schemas"]["LandView"] | null;
            /** @description The day: what is dated later is left out. */
            on: string;
            /** @description The month figures are asked for. */
            period: string;
            /** @description What is on the way, by stage as of the day. */
            pipelines: components["schemas"]["PipelineView"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description Everything else. */
            sections: components["schemas"]["PromotionPart"][];
        };
        /** @description Figures, a whole with its parts, rows of a book. */
        PromotionPart: {
            /** @description Whether the parts add up to the whole; none where one of them has no number. */
            adds_up?: boolean | null;
            /** @description Other figures. */
            answers: components["schemas"]["Answer"][];
            /** @description The book. */
            book?: string | null;
            /** @description What is shown of a row. */
            columns: components["schemas"]["FileColumn"][];
            /** @description Its id. */
            id: string;
            /** @description Its parts. */
            parts: components["schemas"]["Answer"][];
            /** @description Its rows since January, the newest first. */
            rows: components["schemas"]["FileRow"][];
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            whole?: components["schemas"]["Answer"] | null;
        };
        /** @description What may be proposed for a file. */
        ProposalList: {
            /** @description The layout the file is read with now, if it has one of its own. */
            current?: string | null;
            /** @description One per sheet with a table that no layout reads. */
            proposals: components["schemas"]["ProposalView"][];
        };
        /** @description What may be proposed for a sheet. */
        ProposalView: {
            /** @description The book that is there already; none when one is proposed too. */
            book?: string | null;
            /** @description The book's title. */
            book_title?: string | null;
            /** @description The columns from the left. */
            columns: components["schemas"]["ProposedColumn"][];
            /** @description The sheet. */
            sheet: string;
            /** @description The files, each begun by a line `# file: PATH`. */
            toml: string;
            /** @description Headings nothing is known of. */
            unmatched: string[];
        };
        /** @description What a column may be. */
        ProposedColumn: {
            /** @description What a reference is recognised by: `code`, `name` or `field:ID`. */
            by?: string | null;
            /** @description Its letters. */
            column: string;
            /** @description The field. */
            field?: string | null;
            /** @description Its headings from the top. */
            heading: string;
            /** @description The field's kind. */
            kind?: string | null;
            /** @description Some of its values. */
            sample: string[];
            /**
             * Format: int32
             * @description How alike the heading and the field's name are, in hundredths.
             */
            score: number;
            /** @description The field's title. */
            title?: string | null;
            /** @description The field's unit. */
            unit?: string | null;
        };
        /** @description An OpenID provider. */
        ProviderView: {
            /** @description A word for addresses. */
            id: string;
            /** @description What the button says. */
            title: string;
        };
        /** @description A publication. */
        Publication: {
            /** @description The same for people. */
            about: components["schemas"]["About"][];
            /** @description When. */
            at: string;
            /** @description The digest of the content it was made with. */
            content_digest: string;
            /** @description SHA-256 of the document. */
            digest: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What the publisher wanted to say of it. */
            note?: string | null;
            /** @description Its month. */
            period: string;
            /** @description The report. */
            report: string;
            /**
             * Format: int64
             * @description The revision it was made from.
             */
            revision: number;
            /**
             * @description The one digest over document, evidence, printed values with their basis, content, revision, period, who and when; the
             *     audit's chain holds it.
             */
            seal: string;
            /** @description What its parameters were set to. */
            settings: components["schemas"]["BTreeMap"];
            /** @description Who. */
            who: string;
        };
        /** @description What changed since a publication. */
        PublicationChanges: {
            /** @description Whether definitions or template changed too. */
            content_changed: boolean;
            /** @description The values that would read otherwise, in the order of the document. */
            items: components["schemas"]["ChangeOfSlot"][];
            /** @description The publication. */
            publication: components["schemas"]["Publication"];
            /**
             * Format: int64
             * @description The newest revision.
             */
            revision_now: number;
            /**
             * Format: int64
             * @description The revision it was published from.
             */
            revision_then: number;
            /** @description Values that moved by less than is printed. */
            unseen: number;
            /** @description Printed values. */
            values: number;
        };
        /** @description Publications of a report. */
        PublicationList: {
            /** @description Newest first. */
            items: components["schemas"]["Publication"][];
        };
        /** @description A stage that was published. */
        PublicationStage: {
            /** @description When. */
            at: string;
            /** @description What was said of it. */
            note: string;
            /** @description `area` or `result`. */
            stage: string;
            /** @description Last day for objections. */
            until?: string | null;
            /** @description Who published it. */
            who: string;
        };
        /** @description How a publication stands against the ledger as it is now. */
        PublicationState: {
            /** @description Those that would read otherwise now. */
            changed: number;
            /**
             * Format: int64
             * @description The newest revision.
             */
            revision_now: number;
            /** @description Those that moved by less than is printed. */
            unseen: number;
            /** @description Printed values. */
            values: number;
        };
        /** @description What to publish. */
        PublishRequest: {
            /** @description What to say of it. */
            note?: string;
            /** @description The month, such as `2023-10`. */
            period: string;
            /** @description What its parameters are set to, by name. */
            settings?: components["schemas"]["BTreeMap"];
        };
        /** @description Which stage to publish. */
        PublishStage: {
            /** @description What to say of it. */
            note?: string;
            /** @description `area` first, then `result`. */
            stage: string;
            /** @description Last day for objections; the scheme's number of days when absent. */
            until?: string | null;
        };
        /** @description A published value. */
        PublishedUse: {
            /** @description Its month. */
            period: string;
            /**
             * Format: int64
             * @description The publication.
             */
            publication: number;
            /** @description Its report. */
            report: string;
            /** @description The sentence. */
            sentence: string;
            /** @description What was printed. */
            text: string;
            /** @description What the value is called. */
            title: string;
        };
        /**
         * @description How a number limits the truth.
         * @enum {string}
         */
        Qualifier: "exact" | "at_least" | "more_than" | "at_most" | "less_than" | "nearly" | "about" | "between";
        /** @description One question about a figure. */
        Question: {
            /**
             * @description As it was known on a day, or at a revision; as it is known now when absent.
             * @default null
             */
            as_of: string | null;
            /**
             * @description `comparable` (the figure's rule) or `raw` (everything a year before, unadjusted).
             * @default null
             */
            basis: string | null;
            /**
             * @description Broken down by this field, by id or title, through a reference and to a level: `enterprise.industry/1`.
             * @default null
             */
            by: string | null;
            /**
             * @description Take the month as the figure's own last one, without its lag.
             * @default false
             */
            exact: boolean;
            /**
             * @description Without these, in both periods, divided by commas: names, `top:3` (the largest of the base), `set:ID`.
             * @default null
             */
            exclude: string | null;
            /**
             * @description The figure's id or title; in an address it stands in the path.
             * @default
             */
            figure: string;
            /**
             * @description Only where a field prints as a text: `PATH:TEXT`.
             * @default []
             */
            only: string[];
            /**
             * @description The month, such as `2023-10`.
             * @default
             */
            period: string;
            /**
             * @description `month`, `ytd`, `quarter`, `half`, `year` or `moment`; the figure's own when absent.
             * @default null
             */
            window: string | null;
        };
        /** @description Several questions. */
        Questions: {
            /** @description The questions, each with its figure. */
            questions: components["schemas"]["Question"][];
        };
        /** @description What an enterprise thinks of an answer. */
        Rating: {
            /**
             * Format: int32
             * @description How satisfied it is.
             */
            rating: number;
            /**
             * Format: int32
             * @description The version of the demand that was looked at.
             */
            version: number;
        };
        /** @description Where a value was read. */
        ReadFrom: {
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description The field. */
            field?: string | null;
            /** @description What it is: the datum's title. */
            title: string;
            /**
             * Format: int32
             * @description Of which year; none: of the day.
             */
            year?: number | null;
        };
        /** @description Money an enterprise received. */
        ReceivedLine: {
            /** @description 元. */
            amount?: string | null;
            /**
             * Format: int64
             * @description The case it came from.
             */
            case?: number | null;
            /** @description The document. */
            document?: string | null;
            /**
             * Format: int64
             * @description The entry that says so.
             */
            entry: number;
            /** @description When. */
            on?: string | null;
            /** @description Whether it was taken back. */
            returned: boolean;
            /** @description The clause or the policy. */
            title: string;
        };
        /** @description A new version of an evaluation. */
        Reevaluation: {
            /** @description Whether grades of those whose values did not change stay as they are (the rest is then judged beside them). */
            keep_others?: boolean;
            /** @description Why. */
            note: string;
        };
        /** @description How many entries of a book refer to an entry by one field. */
        ReferenceCount: {
            /** @description The book. */
            book: string;
            /** @description How many. */
            count: number;
            /** @description The field. */
            field: string;
            /** @description The field's Chinese title. */
            field_title: string;
            /** @description Its Chinese title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
        };
        /** @description A refreshed document and what became of everything in it. */
        Refreshed: {
            /** @description Its native charts. */
            charts: components["schemas"]["RefreshedChart"][];
            /** @description Whether definitions or the template changed since. */
            content_changed: boolean;
            /** @description How many controls with figures there are. */
            figures: number;
            /** @description Controls that were left as they were. */
            left: components["schemas"]["Left"][];
            /** @description Those that moved, in the order of the document. */
            moved: components["schemas"]["Moved"][];
            /** @description Those a person typed over. */
            overtyped: components["schemas"]["Overtyped"][];
            /** @description The month it is made for now. */
            period: string;
            /** @description The month it was made for. */
            period_before: string;
            /** @description The report most of its controls are of. */
            report: string;
            /**
             * Format: int64
             * @description The revision now.
             */
            revision: number;
            /**
             * Format: int64
             * @description The revision it was made from; none when the file does not say so any more.
             */
            revision_before?: number | null;
            /** @description How many of them read as before. */
            same: number;
            /** @description What was taken out of the file because it loads something from elsewhere, each in a sentence. */
            set_aside: string[];
            /** @description Words of time outside of controls that speak of the old month or year. */
            times: components["schemas"]["TimeWord"][];
            /** @description Its title. */
            title: string;
            /** @description The words of claims that turned. */
            words: components["schemas"]["Turned"][];
        };
        /** @description A native chart of the document. */
        RefreshedChart: {
            /** @description How many points read otherwise now. */
            moved: number;
            /** @description Its name in the report's definition. */
            name: string;
            /** @description What became of it. */
            state: components["schemas"]["ChartState"];
            /** @description Its title. */
            title: string;
        };
        /** @description A rehearsed report. */
        Rehearsal: {
            /** @description How many agree. */
            agrees: number;
            /** @description How many differ. */
            differs: number;
            /** @description The figures, the worst first. */
            figures: components["schemas"]["Rehearsed"][];
            /** @description How many only the document says. */
            missing_ours: number;
            /** @description How many only the report says. */
            missing_theirs: number;
            /** @description The month it was built for. */
            period: string;
            /** @description The report. */
            report: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description Figures that agree, in percent of all, one place. */
            score: string;
            /** @description Its title. */
            title: string;
        };
        /**
         * @description How a figure of a rehearsal came out, the worst first.
         * @enum {string}
         */
        RehearsalOutcome: "differs" | "missing_ours" | "missing_theirs" | "agrees";
        /** @description One figure of a rehearsal. */
        Rehearsed: {
            /** @description Theirs less ours, in the printed unit. */
            difference?: string | null;
            /** @description The figure. */
            figure?: string | null;
            /** @description More about it. */
            note: string;
            /** @description What the report says. */
            ours: string;
            /** @description How it came out. */
            outcome: components["schemas"]["RehearsalOutcome"];
            /** @description Which part of it: `value`, `yoy`, … */
            piece: string;
            /** @description Where in the document, in words. */
            place: string;
            /** @description The difference in percent of ours, two places. */
            relative?: string | null;
            /** @description What the document says. */
            theirs: string;
            /** @description What it is called; empty when nobody knows. */
            title: string;
        };
        /** @description Whom somebody reminded. */
        Reminded: {
            /** @description Whom. */
            entries: number[];
            /** @description Of which period. */
            period: string;
        };
        /** @description A letter to one who has not reported. */
        ReminderItem: {
            /** @description Whom to call. */
            contact?: string | null;
            /**
             * Format: int64
             * @description Who.
             */
            entry: number;
            phone?: components["schemas"]["Cell"] | null;
            /**
             * Format: date-time
             * @description When they were last reminded of this period.
             */
            reminded_at?: string | null;
            /** @description The letter. */
            text: string;
            /** @description What they are called. */
            title: string;
        };
        /** @description Letters to who has not reported a period. */
        Reminders: {
            /** @description The day it was due. */
            due?: string | null;
            /** @description Whoever is missing, by title. */
            items: components["schemas"]["ReminderItem"][];
            /** @description The period. */
            period: string;
        };
        /** @description How many reminders were kept. */
        RemindersKept: {
            /** @description How many. */
            recorded: number;
        };
        /** @description A report. */
        ReportDef: {
            /** @description Its id. */
            id: string;
            /** @description What may be set when it is made. */
            parameters: components["schemas"]["ParameterDef"][];
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description A report in the list. */
        ReportItem: {
            /** @description Its id. */
            id: string;
            last?: components["schemas"]["LastPublication"] | null;
            /** @description How often it was published. */
            publications: number;
            /** @description Its title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
        };
        /** @description The reports there are. */
        ReportItems: {
            /** @description In the order of the content. */
            items: components["schemas"]["ReportItem"][];
        };
        /** @description Rows of a frozen evaluation. */
        ResultPage: {
            /** @description The indicators, in the order of each row's points. */
            indicators: components["schemas"]["SchemeIndicator"][];
            /** @description The rows. */
            items: components["schemas"]["ResultRow"][];
            /** @description First row of this page, from 0. */
            offset: number;
            /** @description How the list was ordered: `unordered` for the list that is published. */
            order: string;
            /**
             * Format: int64
             * @description The evaluation.
             */
            run: number;
            /** @description How many match. */
            total: number;
        };
        /** @description One subject of a frozen evaluation. */
        ResultRow: {
            /** @description ㎡. */
            area?: string | null;
            /** @description Its code. */
            code: string;
            /**
             * Format: int64
             * @description The parcel or enterprise.
             */
            entry: number;
            /** @description The grade before veto, protection and adjustment (初评). */
            first_grade?: string | null;
            /** @description The grade. */
            grade?: string | null;
            /** @description The group it was judged in. */
            group: string;
            /** @description Each indicator, as frozen. */
            indicators: components["schemas"]["FrozenIndicator"][];
            /** @description With whom it was judged as one, and what moved the grade after the score, in words: veto, protection, ties. */
            marks: string[];
            /** @description Its name. */
            name: string;
            /**
             * Format: int32
             * @description Its place in its group; not in the list that is published.
             */
            rank?: number | null;
            /** @description The score. */
            score?: string | null;
            /** @description `scored`, `not_due`, `exempt`, `no_data`. */
            status: string;
            /** @description Those judged as one with it, itself among them; empty where it was judged alone. Score, rank and grade are theirs together. */
            together?: number[];
            /** @description Why, in words, when not scored. */
            words: string;
        };
        /**
         * @description What was done with a return.
         * @enum {string}
         */
        ReturnAct: "submit" | "withdraw" | "send_back" | "accept";
        /** @description The committee's answer to a return. */
        ReturnAnswer: {
            /** @description Sent back: why, by field. */
            fields?: {
                [key: string]: string;
            };
            /** @description What is said. */
            note?: string;
            /**
             * Format: int32
             * @description The version that was looked at.
             */
            version: number;
        };
        /** @description A draft to save. */
        ReturnDraft: {
            /** @description Reasons for big changes, by field. */
            reasons?: {
                [key: string]: string;
            };
            /** @description Values by field, as they were typed. */
            values: {
                [key: string]: Record<string, never>;
            };
            /**
             * Format: int32
             * @description The version it is based on.
             */
            version?: number;
        };
        /** @description A field of a return. */
        ReturnField: {
            before?: components["schemas"]["Cell"] | null;
            cell?: components["schemas"]["Cell"] | null;
            /** @description Per cent against the period before, else against the year before. */
            change?: string | null;
            /** @description The field. */
            field: string;
            /** @description The change is so big that a reason is asked. */
            jump: boolean;
            last_time?: components["schemas"]["Cell"] | null;
            /** @description The reason given. */
            reason: string;
            /** @description Why the field was sent back. */
            sent_back?: string | null;
            /** @description The value as it was typed. */
            value: Record<string, never>;
            year_before?: components["schemas"]["Cell"] | null;
        };
        /** @description A return as it is filled in. */
        ReturnForm: components["schemas"]["ReturnHead"] & {
            /** @description What the numbers are used for. */
            about: string;
            /** @description The period before, in Chinese words. */
            before?: string | null;
            /**
             * Format: int64
             * @description The entry it is in the book.
             */
            entry?: number | null;
            /** @description The fields in order. */
            fields: components["schemas"]["ReturnField"][];
            /** @description What is wrong or doubtful, by field; what keeps it from being handed in is an error. */
            findings: Record<string, never>[];
            /** @description Whether this person may accept it or send it back. */
            may_answer: boolean;
            /** @description Whether the enterprise may change it now. */
            open: boolean;
            /** @description What was done with it, oldest first. */
            rounds: components["schemas"]["ReturnRound"][];
            /**
             * Format: int32
             * @description What the next change must be based on; 0 while it was not begun.
             */
            version: number;
            /** @description The same period a year before. */
            year_before?: string | null;
        };
        /** @description The head of a return, in lists and on its own page. */
        ReturnHead: {
            /**
             * Format: date-time
             * @description When it was changed last.
             */
            at?: string | null;
            /** @description The book. */
            book: string;
            /**
             * Format: int64
             * @description Days until then; negative is late. None: no day, or nothing is owed any more.
             */
            days?: number | null;
            /** @description Who collects it. */
            department: string;
            /** @description The last day to hand it in. */
            due?: string | null;
            /** @description Whose. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description Whether this enterprise must file it; else it may. */
            expected: boolean;
            /**
             * Format: int64
             * @description Its number; none while it was not begun.
             */
            id?: number | null;
            /** @description Why it was sent back. */
            note?: string | null;
            /** @description For which period. */
            period: string;
            /** @description The period in Chinese words. */
            period_words: string;
            /** @description How far it is. */
            state: components["schemas"]["ReturnState"];
            /** @description The book's Chinese title. */
            title: string;
            /** @description The book's English title. */
            title_en: string;
        };
        /** @description Returns that were handed in. */
        ReturnList: {
            /** @description Those to be answered first, the ones that wait longest first. */
            items: components["schemas"]["ReturnHead"][];
            /** @description How many wait for an answer. */
            waiting: number;
        };
        /** @description A step of a return. */
        ReturnRound: {
            /** @description What was done. */
            act: components["schemas"]["ReturnAct"];
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description Fields: what was handed in, or why each was sent back. */
            fields: components["schemas"]["RoundField"][];
            /** @description What was said. */
            note: string;
            /**
             * Format: int64
             * @description The revision it became.
             */
            revision?: number | null;
            /** @description Who. */
            who: string;
        };
        /**
         * @description How far a return is.
         * @enum {string}
         */
        ReturnState: "sent_back" | "draft" | "not_begun" | "submitted" | "accepted" | "recorded";
        /** @description The version of a return that is moved on. */
        ReturnVersion: {
            /**
             * Format: int32
             * @description The version that was looked at.
             */
            version: number;
        };
        /** @description A revision. */
        Revision: {
            /** @description When it was written. */
            at: string;
            /**
             * Format: int64
             * @description How many entries it wrote.
             */
            entries: number;
            /** @description Its link in the chain: printed on paper, it fixes everything up to it. */
            hash: string;
            /** @description `import`, `record` or `undo`. */
            kind: string;
            /**
             * Format: int64
             * @description Its number.
             */
            seq: number;
            source?: components["schemas"]["SourceRef"] | null;
            /**
             * Format: int64
             * @description The revision it undid.
             */
            undoes?: number | null;
            /**
             * Format: int64
             * @description The revision that undid it.
             */
            undone_by?: number | null;
            /** @description Who wrote it. */
            who: string;
            /** @description Why. */
            why: string;
        };
        /** @description A revision with what it changed. */
        RevisionDetail: components["schemas"]["Revision"] & {
            /** @description Whether the actor may undo it. */
            can_undo: boolean;
            /** @description A page of them. */
            changes: components["schemas"]["ChangeView"][];
            /** @description How many changes the actor may see. */
            total: number;
        };
        /** @description Revisions. */
        RevisionList: {
            /** @description Newest first. */
            items: components["schemas"]["Revision"][];
            /** @description How many there are. */
            total: number;
        };
        /**
         * @description The rights, for descriptions of shapes: their words are those of [`Right`].
         * @enum {string}
         */
        Right: "read" | "record" | "accept" | "publish" | "administer" | "unmask" | "audit" | "file";
        /** @description A right of use. */
        RightView: {
            /** @description ㎡. */
            area?: string | null;
            /** @description The number of the certificate. */
            certificate?: string | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description First day. */
            from?: string | null;
            holder?: components["schemas"]["LinkedEntry"] | null;
            /** @description What kind. */
            kind?: string | null;
            /** @description Last day. */
            to?: string | null;
        };
        /** @description A role. */
        Role: {
            /** @description What it gives. */
            grants: components["schemas"]["Grant"][];
            /** @description Its id. */
            id: string;
            /** @description Its holders see rows about their own enterprise only. */
            own_rows: boolean;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description The roles of the content. */
        Roles: {
            /** @description In the order of the content. */
            items: components["schemas"]["Role"][];
        };
        /** @description A field in a step. */
        RoundField: {
            cell?: components["schemas"]["Cell"] | null;
            /** @description The field. */
            field: string;
            /** @description The reason given for it, or for sending it back. */
            reason?: string | null;
        };
        /** @description A finding about a row. */
        RowFinding: Record<string, never> & {
            /** @description The row's place in the request, from 0. */
            row: number;
        };
        /** @description A row of a table. */
        RowOfTable: {
            /** @description Its cells from the left. */
            cells: components["schemas"]["CellOfTable"][];
        };
        /** @description A dated rule version. */
        RuleCard: {
            /** @description Who recognises. */
            authority: string;
            /** @description Document number (文号). */
            document: string;
            /** @description Its id. */
            id: string;
            /** @description Where it holds; empty: everywhere. */
            region: string;
            /** @description Where the text was read, and what was not. */
            source: string;
            /** @description First day. */
            valid_from: string;
            /** @description Last day; none: in force. */
            valid_to?: string | null;
        };
        /** @description How much of a rule is done in the periods that run. */
        RuleProgress: components["schemas"]["VisitRule"] & {
            /** @description Of them visited. */
            done: number;
            /** @description Of them late. */
            late: number;
            /** @description Enterprises it asks for. */
            planned: number;
        };
        /** @description A piece of text of one look. */
        Run: {
            /** @description Bold. */
            bold?: boolean | null;
            /** @description The type face. */
            font?: string | null;
            /** @description Italic. */
            italic?: boolean | null;
            /**
             * Format: double
             * @description The size in points.
             */
            size?: number | null;
            /** @description The slot that was printed here, as an index into the slots. */
            slot?: number | null;
            /** @description The text. */
            text: string;
        };
        /** @description A frozen benchmark. */
        RunBenchmark: {
            /** @description The group. */
            group: string;
            /** @description The indicator. */
            indicator: string;
            /** @description The indicator's title. */
            title: string;
            /** @description Its unit. */
            unit: string;
            /** @description The value. */
            value?: string | null;
            /** @description How it came about, in words. */
            words: string;
        };
        /** @description Two versions of an evaluation compared. */
        RunComparison: {
            /** @description The newer one. */
            after: components["schemas"]["RunSummary"];
            /** @description The older one. */
            before: components["schemas"]["RunSummary"];
            /** @description Benchmarks that moved. */
            benchmarks: components["schemas"]["MovedBenchmark"][];
            /** @description Who moved; those without any change are left out. */
            items: components["schemas"]["ComparedResult"][];
            /** @description How many stayed as they were. */
            unchanged: number;
        };
        /** @description Subjects of one grade. */
        RunGrade: {
            /** @description Their area in ㎡. */
            area: string;
            /** @description How many. */
            count: number;
            /** @description The grade. */
            grade: string;
            /** @description The group of the scheme. */
            group: string;
            /** @description Of those graded in the group, in percent. */
            share?: string | null;
        };
        /** @description Frozen evaluations. */
        RunList: {
            /** @description Newest first. */
            items: components["schemas"]["RunSummary"][];
        };
        /** @description A frozen evaluation in short. */
        RunSummary: {
            /** @description When it was made. */
            at: string;
            /** @description The digest of everything frozen. */
            digest: string;
            /** @description How many got a grade. */
            graded: number;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description What was said of it. */
            note: string;
            /**
             * Format: int64
             * @description The evaluation it is a new version of.
             */
            replaces?: number | null;
            /**
             * Format: int64
             * @description The ledger revision its data are from.
             */
            revision: number;
            /** @description The scheme. */
            scheme: string;
            /** @description The digest of the scheme's text. */
            scheme_digest: string;
            /** @description The scheme's title. */
            scheme_title: string;
            /** @description `draft`, `area` (areas are public), `result`. */
            stage: string;
            /** @description `parcel` or `enterprise`. */
            subject: string;
            /** @description How many were considered. */
            subjects: number;
            /**
             * Format: int32
             * @description Its version within scheme and year: 1 for the first.
             */
            version: number;
            /** @description Who made it. */
            who: string;
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description A frozen evaluation. */
        RunView: components["schemas"]["RunSummary"] & {
            /** @description The benchmarks as frozen. */
            benchmarks: components["schemas"]["RunBenchmark"][];
            /** @description How many of which grade. */
            grades: components["schemas"]["RunGrade"][];
            /** @description Objections that are not decided. */
            open_objections: number;
            /** @description Whether the ledger or the scheme has changed since. */
            outdated: boolean;
            /** @description When what was published. */
            publications: components["schemas"]["PublicationStage"][];
            /** @description How many stand how. */
            statuses: {
                [key: string]: number;
            };
        };
        /** @description A rung with its counts. */
        RungCard: {
            /** @description The first day of the next version of the rule; none: none is known. */
            begins?: string | null;
            duty?: components["schemas"]["WindowCard"] | null;
            /** @description Enterprises that hold it. */
            holding: number;
            /** @description Its id. */
            id: string;
            lead?: components["schemas"]["LeadCard"] | null;
            /** @description Of those, the ones that one condition alone keeps from it. */
            near: number;
            /** @description Not holding, and the rule is not met. */
            not_met: number;
            /** @description Not holding, and the rule is met. */
            ready: number;
            rule?: components["schemas"]["RuleCard"] | null;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description Not holding, and data are missing. */
            unknown: number;
            window?: components["schemas"]["WindowCard"] | null;
        };
        /** @description One rung and one enterprise in full. */
        RungView: components["schemas"]["StandingRow"] & {
            /** @description Its criteria in order. */
            criteria: components["schemas"]["CriterionView"][];
            /** @description The ladder's title. */
            ladder: string;
            /** @description The ladder. */
            ladder_id: string;
            /** @description The rule that was applied. */
            rule: components["schemas"]["RuleCard"];
            /** @description The rung's title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
        };
        /** @description A grade of a scheme. */
        SchemeGrade: {
            /** @description What it is called. */
            id: string;
            /** @description Whether it has a place in the order; a class beside it, such as one not judged, has none. */
            ranked: boolean;
            /** @description What it means, in words. */
            words: string;
        };
        /** @description An indicator of a scheme. */
        SchemeIndicator: {
            /** @description How the benchmark comes about, in words. */
            benchmark: string;
            /** @description The measure below the line. */
            denominator?: string | null;
            /** @description The group. */
            group: string;
            /** @description The group's Chinese title. */
            group_title: string;
            /** @description The group's English title. */
            group_title_en: string;
            /** @description Its id. */
            id: string;
            /** @description The measure above the line. */
            numerator: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description Its unit. */
            unit: string;
            /** @description The weight in points; absent while it is to be supplied. */
            weight?: string | null;
        };
        /** @description All schemes. */
        SchemeList: {
            /** @description In the order of the content. */
            items: components["schemas"]["SchemeSummary"][];
        };
        /** @description A scheme in short. */
        SchemeSummary: {
            /** @description The digest of its text. */
            digest: string;
            /** @description The document it stands in. */
            document: string;
            /**
             * Format: int32
             * @description The first year it is for.
             */
            from_year?: number | null;
            /** @description Its id. */
            id: string;
            /** @description How many of its numbers are still to be supplied before it can be run. */
            open: number;
            /** @description What is known of the document and what is assumed in its place. */
            source: string;
            /** @description `parcel` or `enterprise`. */
            subject: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /**
             * Format: int32
             * @description The last year it is for.
             */
            to_year?: number | null;
            /** @description Whether it is the one that is used when nobody names one. */
            usual: boolean;
        };
        /** @description A scheme. */
        SchemeView: components["schemas"]["SchemeSummary"] & {
            /** @description Its grades, best first. */
            grades: components["schemas"]["SchemeGrade"][];
            /** @description Its groups with their indicators. */
            indicators: components["schemas"]["SchemeIndicator"][];
            /** @description Every number that a what-if may change, by its path, as it stands. */
            parameters: {
                [key: string]: string;
            };
            /** @description Its text as it stands in the content. */
            text: string;
        };
        /** @description A screen of a pool. */
        ScreenCard: {
            /** @description Who decided it. */
            authority: string;
            /** @description Enterprises it finds. */
            candidates: number;
            /** @description Document number (文号), or that the park made the rule itself; none: there is one that is to be supplied. */
            document?: string | null;
            /** @description Its id. */
            id: string;
            /** @description Where its numbers come from. */
            source: string;
            /** @description The threshold in `unit`; none: of a rung, or to be supplied. */
            threshold?: string | null;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
            /**
             * Format: int32
             * @description How many values an estimate of the day of crossing is read from; none: no estimate.
             */
            trend?: number | null;
            /** @description The unit of amounts. */
            unit?: string | null;
            /** @description Enterprises it is for of which data are missing. */
            unknown: number;
            /** @description First day. */
            valid_from: string;
            /** @description Last day; none: in force. */
            valid_to?: string | null;
        };
        /**
         * @description Whether a return has come.
         * @enum {string}
         */
        Sent: "sent" | "late" | "missing" | "not_due" | "none";
        /** @description A sentence that prints a figure that uses an entry. */
        SentenceUse: {
            /**
             * Format: int64
             * @description The entry a sheet is about: it is looked at there, not among the reports.
             */
            about?: number | null;
            /** @description Number of the paragraph, from 1. */
            paragraph: number;
            /** @description Its month. */
            period: string;
            /** @description The report. */
            report: string;
            /** @description Its title. */
            report_title: string;
            /** @description The sentence. */
            sentence: string;
            /** @description The slot in the template. */
            slot: string;
            /** @description What is printed. */
            text: string;
        };
        /** @description A figure over time. */
        Series: {
            /** @description Oldest first. */
            items: components["schemas"]["SeriesItem"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
        };
        /** @description One period of a series. */
        SeriesItem: {
            /** @description The period, in its own form. */
            period: string;
            /** @description In Chinese. */
            text: string;
            /** @description In English. */
            text_en: string;
            /** @description The value, or why there is none. */
            value: components["schemas"]["Val"];
            /** @description Growth against a year before. */
            yoy: components["schemas"]["Growth"];
        };
        /** @description A series of a chart. */
        SeriesOfReport: {
            /** @description `column`, `bar`, `line` or `pie`. */
            kind: string;
            /** @description A number as text for every category; none leaves a gap. */
            points: (string | null)[];
            /** @description Whether it has the second axis. */
            second_axis: boolean;
            /** @description What the legend says. */
            title: string;
            /** @description The unit of its axis. */
            unit: string;
        };
        /** @description Who is signed in. */
        Session: {
            base_map?: components["schemas"]["BaseMap"] | null;
            /** @description What every write must send back in `X-CSRF-Token`; empty while nobody is signed in. */
            csrf: string;
            /** @description Whether this is a demonstration park. */
            demo: boolean;
            /**
             * Format: int64
             * @description Minutes without a request until a session ends.
             */
            idle_minutes: number;
            /** @description Whether a second factor must be set up before anything else. */
            must_enrol: boolean;
            /** @description Providers one may sign in with. */
            oidc: components["schemas"]["ProviderView"][];
            /** @description The park's name. */
            park_name: string;
            person?: components["schemas"]["Person"] | null;
            /** @description Whether the park waits for its first administrator. */
            setup_needed: boolean;
            /** @description Whether somebody is. */
            signed_in: boolean;
            /** @description What day it is in the park; a demonstration stands still at the day its data ends with. */
            today: string;
        };
        /** @description A session. */
        SessionLine: {
            /** @description The browser, as it calls itself. */
            agent: string;
            /** @description Since when. */
            created: string;
            /** @description Whether it is the caller's own. */
            current: boolean;
            /** @description The name people read. */
            display: string;
            /** @description When it ends in any case. */
            expires: string;
            /** @description From where it was begun. */
            from: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description When it was last used, to the minute. */
            last_seen: string;
            /** @description Whose: the account's name. */
            person: string;
            /** @description The OpenID provider that vouched for the person. */
            provider?: string | null;
        };
        /** @description The sessions that go on. */
        Sessions: {
            /** @description Newest first. */
            items: components["schemas"]["SessionLine"][];
        };
        /** @description What somebody chooses by a one-time link. */
        SetUp: {
            /** @description The name people read. */
            display?: string | null;
            /** @description The first administrator's name. */
            name?: string | null;
            /** @description The password. */
            password: string;
            /** @description What the link ends with. */
            token: string;
        };
        /** @description The settings in force. */
        Settings: {
            /** @description In the order of the manual. */
            items: components["schemas"]["InForce"][];
        };
        /** @description A sheet in the list. */
        SheetInfo: {
            /**
             * Format: int32
             * @description Columns up to the last filled one.
             */
            columns: number;
            /** @description Whether the tab is hidden. */
            hidden: boolean;
            /** @description Its number, from 0. */
            index: number;
            /** @description The name on its tab. */
            name: string;
            /**
             * Format: int32
             * @description Rows up to the last filled one.
             */
            rows: number;
        };
        /** @description A window of a sheet. */
        SheetView: {
            /** @description The filled cells of the window. */
            cells: components["schemas"]["CellView"][];
            /** @description Its columns from the left. */
            columns: components["schemas"]["ColumnView"][];
            /**
             * Format: int32
             * @description The first row shown, from 1.
             */
            from: number;
            /** @description Hidden rows of the window, from 1. */
            hidden_rows: number[];
            /** @description What was found in the window. */
            marks: components["schemas"]["MarkView"][];
            /** @description The name on its tab. */
            name: string;
            /**
             * Format: int32
             * @description Rows of the whole sheet.
             */
            rows: number;
        };
        /** @description Name, password and, where the account has one, the code of the second factor. */
        SignIn: {
            /** @description The code of the second factor. */
            code?: string | null;
            /** @description The account's name. */
            name: string;
            /** @description Its password. */
            password: string;
        };
        /** @description What a what-if gives. */
        Simulated: {
            /** @description All grades of the scheme, the best first, special classes last. */
            all_grades: string[];
            /** @description The benchmarks after. */
            benchmarks: components["schemas"]["RunBenchmark"][];
            /** @description The grade of each parcel, by entry: to colour the map at once. */
            colors: {
                [key: string]: string;
            };
            /** @description Grades before and after. */
            grades: components["schemas"]["SimulationGrade"][];
            /** @description What each policy costs and saves before and after. */
            money: components["schemas"]["SimulationMoney"][];
            /** @description Whose grade moves. */
            movers: components["schemas"]["SimulationMover"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description The scheme. */
            scheme: string;
            /**
             * Format: int64
             * @description Milliseconds it took, for those who watch the speed.
             */
            took_ms: number;
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description How many have a grade before and after. */
        SimulationGrade: {
            /** @description After. */
            after: number;
            /** @description Before. */
            before: number;
            /** @description The grade. */
            grade: string;
            /** @description The group. */
            group: string;
        };
        /** @description What a policy costs and saves before and after. A rate tried for a grade that has none on record holds on both sides. */
        SimulationMoney: components["schemas"]["PricedPolicy"] & {
            /** @description As it would be. */
            after: components["schemas"]["EffectTotal"];
            /** @description As it is. */
            before: components["schemas"]["EffectTotal"];
            /** @description By how much money moves, 元 a year, of those known on both sides; absent when there is nobody. */
            change?: string | null;
            /** @description How many move of whom one side is not known. */
            open: number;
            /** @description In words. */
            words: string;
        };
        /** @description Whose grade moves. */
        SimulationMover: {
            /** @description The grade after. */
            after?: string | null;
            /** @description The grade before. */
            before?: string | null;
            /** @description How its money moves in all, 元 a year, of what is known. */
            change?: string | null;
            /** @description Its code. */
            code: string;
            /**
             * Format: int64
             * @description The subject.
             */
            entry: number;
            /** @description How each policy moves its money, in the order of the policies. */
            money: components["schemas"]["SimulationShift"][];
            /** @description Its name. */
            name: string;
            /** @description Something moves that is not known, or that this reader may not see. */
            open: boolean;
            /** @description The score after. */
            score_after?: string | null;
            /** @description The score before. */
            score_before?: string | null;
        };
        /** @description A what-if: nothing of it is saved. */
        SimulationRequest: {
            /** @description What to change: a path of the scheme's parameters to its value, or `rates.POLICY.GRADE` to a rate. */
            changes?: {
                [key: string]: string;
            };
            /** @description The scheme; the usual one when absent. */
            scheme?: string | null;
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description How a policy moves the money of one subject. */
        SimulationShift: {
            /** @description As it would be. */
            after: components["schemas"]["EffectCell"];
            /** @description As it is. */
            before: components["schemas"]["EffectCell"];
            /** @description 元 a year more, or less; absent when one side is not known. */
            change?: string | null;
        };
        /** @description Something printed from the ledger. */
        Slot: {
            /** @description 口径 in words. */
            basis: string;
            /** @description The figure. */
            figure?: string | null;
            /** @description Why it has no value. */
            finding?: string | null;
            /** @description Its index. */
            index: number;
            /** @description `value`, `growth`, `rank`, `text`, `count` or `period`. */
            kind: string;
            /** @description The query that traces it. */
            question?: string | null;
            /** @description The tag of its content control. */
            tag: string;
            /** @description The printed text. */
            text: string;
            /** @description What it is called, with the line of a breakdown. */
            title: string;
        };
        /** @description A ready slot. */
        SlotOffer: {
            /** @description Whether it is a paragraph or a table of its own. */
            alone: boolean;
            /** @description What must stand in the report's definition beside it: the chart. */
            definition?: string | null;
            /** @description What it says of the figure: `value`, `yi`, `growth`, `rate`, `rank`, `table`, `chart`, … */
            form: string;
            /** @description What it prints today. */
            sample: string;
            /** @description The text to paste; a table has a line a row. */
            text: string;
        };
        /** @description What a slot is to say. */
        SlotWish: {
            /**
             * @description Which period, as `at` of slots has it; the report's own when empty.
             * @default
             */
            at: string;
            /**
             * @description The field it is broken down by, for lists, tables and charts of lines; none when empty.
             * @default
             */
            by: string;
            /**
             * @description The exclusion set; nobody when empty.
             * @default
             */
            exclude: string;
            /**
             * @description The figure.
             * @default
             */
            figure: string;
            /**
             * @description Only one line of that breakdown; all when empty.
             * @default
             */
            only: string;
            /**
             * @description How far back; the figure's own window when empty.
             * @default
             */
            window: string;
        };
        /** @description A kept source file. */
        SourceItem: {
            /** @description SHA-256 of its bytes. */
            digest: string;
            /** @description The name it was first sent under. */
            name: string;
            /** @description When it was first kept. */
            received_at: string;
            /** @description The revisions made from it. */
            revisions: number[];
            /**
             * Format: int64
             * @description Its length in bytes.
             */
            size: number;
            /** @description Who sent it. */
            who: string;
        };
        /** @description Kept source files. */
        SourceList: {
            /** @description Newest first. */
            items: components["schemas"]["SourceItem"][];
            /** @description How many there are. */
            total: number;
        };
        /** @description A file the ledger keeps. */
        SourceRef: {
            /** @description SHA-256 of its bytes. */
            digest: string;
            /** @description Its name as it was sent. */
            name: string;
        };
        /** @description A period in every form. */
        Span: {
            /** @description Its first month. */
            from: string;
            /** @description Its own form: `2023-10/ytd`. */
            id: string;
            /** @description In Chinese. */
            text: string;
            /** @description In English. */
            text_en: string;
            /** @description Its last month. */
            to: string;
        };
        /** @description One point of a sparkline. */
        SparkPoint: {
            /** @description The period. */
            period: string;
            /** @description The value; none where there is none. */
            value?: string | null;
        };
        /** @description A number of a document in its sentence. */
        Spot: {
            /** @description Where in the paragraph, in characters from 0. */
            at: number;
            /** @description The paragraph of the part, from 1; for texts the line. */
            paragraph: number;
            /** @description The part of the file. */
            part: string;
            /** @description The sentence. */
            sentence: string;
            /** @description What stands there. */
            text: string;
        };
        /** @description The files that wait. */
        StagedList: {
            /** @description Newest first. */
            items: components["schemas"]["StagedSummary"][];
        };
        /** @description A staged file in the list. What it would change is as of when it was last compared. */
        StagedSummary: {
            /** @description How much it would change. */
            counts: components["schemas"]["Counts"];
            /** @description When it was staged. */
            created: string;
            /** @description SHA-256 of its bytes. */
            digest: string;
            /** @description The file's name. */
            file: string;
            /** @description How many findings it has. */
            findings: components["schemas"]["FindingCounts"];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description `staged`. */
            state: string;
            /** @description The tables that were read. */
            tables: components["schemas"]["StagedTable"][];
            /** @description By whom. */
            who: string;
        };
        /** @description A table that was read, in the list. */
        StagedTable: {
            /** @description The book. */
            book?: string | null;
            /** @description The layout. */
            layout?: string | null;
            /** @description The sheet. */
            sheet: string;
        };
        /** @description A staged file as of now. */
        StagedView: {
            /** @description The findings, the worst first. */
            all_findings: components["schemas"]["Finding"][];
            /** @description Whether the actor may accept it. */
            can_accept: boolean;
            /** @description How much it would change. */
            counts: components["schemas"]["Counts"];
            /** @description When it was staged. */
            created: string;
            /** @description SHA-256 of its bytes. */
            digest: string;
            /** @description The file's name. */
            file: string;
            /** @description How many findings it has. */
            findings: components["schemas"]["FindingCounts"];
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Sheets nothing was read from. */
            ignored: string[];
            /** @description How many more there are. */
            more_findings: number;
            /** @description Whether the ledger moved so that this differs from what was shown when the file was staged. */
            moved: boolean;
            /** @description What is shown here; accepting names it, so that nothing else is accepted. */
            plan: string;
            /** @description How many names wait for a person. */
            queue: number;
            retried?: components["schemas"]["Difference"] | null;
            /**
             * Format: int64
             * @description The revision it was compared with just now.
             */
            revision: number;
            /** @description `staged`. */
            state: string;
            /** @description The tables that were read. */
            tables: components["schemas"]["TableView"][];
            /** @description By whom. */
            who: string;
        };
        /** @description How one enterprise stands to one rung. */
        StandingRow: {
            /** @description The enterprise. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description Criteria that fail, in a few words each with their gap. */
            gaps: string[];
            /** @description Data that are missing, each with who has it. */
            missing: string[];
            /** @description Whether one condition alone is in the way. */
            near: boolean;
            /** @description The rung. */
            rung: string;
            /** @description How it stands to the qualification; none: not recorded, or nobody certifies this rung. */
            standing?: string | null;
            /** @description The last day of its term. */
            until?: string | null;
            /** @description Whether the rule is met. */
            verdict: string;
        };
        /** @description What makes a case book a case book. */
        StateDef: {
            /** @description States that end a case. */
            closed: string[];
            /** @description The field holding the deadline. */
            deadline?: string | null;
            /** @description The field holding the state. */
            field: string;
            /** @description The field naming the handler. */
            handler?: string | null;
            /** @description All states in order. */
            states: string[];
        };
        /** @description How the server is. */
        Status: {
            /**
             * Format: int64
             * @description Free bytes on the disk of the data folder.
             */
            disk_free?: number | null;
            /** @description When a backup was last made. */
            last_backup?: string | null;
            /** @description When a backup was last restored for practice. */
            last_drill?: string | null;
            /**
             * Format: int64
             * @description Bytes of the database.
             */
            ledger_bytes: number;
            /** @description Accounts. */
            people: number;
            /**
             * Format: int64
             * @description The newest revision.
             */
            revision: number;
            /** @description Sessions that go on. */
            sessions: number;
            /** @description Since when it runs. */
            started: string;
            /**
             * Format: int64
             * @description For how many seconds.
             */
            uptime_seconds: number;
            /** @description The program's version. */
            version: string;
        };
        /** @description Parcels of one state. */
        StatusTotal: {
            /** @description Their area in ㎡. */
            area: string;
            /** @description How many. */
            count: number;
            /** @description The state. */
            status: string;
        };
        /** @description A table that was read. */
        TableView: {
            /** @description Its cells with headings, such as `A3:F120`. */
            area: string;
            /** @description The book its rows belong to. */
            book: string;
            /** @description The book's title. */
            book_title: string;
            /** @description Its columns from the left. */
            columns: components["schemas"]["ColumnOfTable"][];
            /** @description First and last heading row, from 1. */
            heading_rows: [
                number,
                number
            ];
            /** @description The layout that read it. */
            layout: string;
            /** @description The layout's title. */
            layout_title: string;
            /** @description The period all rows share, when they do not state their own. */
            period?: string | null;
            /** @description Rows that were read. */
            rows: number;
            /** @description The sheet. */
            sheet: string;
        };
        /** @description Which evaluation's grades are taken. */
        TakeGrades: {
            /**
             * Format: int64
             * @description The evaluation.
             */
            run: number;
        };
        /** @description One target. */
        Task: {
            /** @description What the figure is. */
            actual: components["schemas"]["Val"];
            /** @description “以上”. */
            at_least: boolean;
            /** @description How far behind, in percentage points: of levels behind the year, of rates behind the target. Negative is ahead. */
            behind?: string | null;
            /** @description The document it stands in. */
            document: string;
            /** @description How much of the year has passed by the figure's own last month, in percent. */
            elapsed: string;
            /**
             * Format: int64
             * @description The entry that holds it.
             */
            entry: number;
            /** @description The figure. */
            figure: string;
            forecast?: components["schemas"]["Forecast"] | null;
            /** @description What is missing. */
            gap?: string | null;
            /** @description `amount`, `growth`, `count` or `share`. */
            kind: string;
            /** @description What each remaining month must add; of levels only. */
            monthly_pace?: string | null;
            /**
             * Format: int32
             * @description Months that remain after the figure's last.
             */
            months_left: number;
            /** @description Done, in percent of the target; of levels only. */
            progress?: string | null;
            /** @description Who set it. */
            setter: string;
            /** @description How it stands. */
            status: components["schemas"]["TaskStatus"];
            /** @description The target in `unit`. */
            target: string;
            /** @description The figure's own last month. */
            through: string;
            /** @description Its Chinese title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
            /** @description The unit of target, gap, pace and forecast. */
            unit?: string | null;
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /**
         * @description How a target stands.
         * @enum {string}
         */
        TaskStatus: "done" | "on_track" | "behind" | "no_data";
        /** @description The targets of a year. */
        Tasks: {
            /** @description How much of the year has passed, in percent. */
            elapsed: string;
            /** @description The targets, figure by figure in the order of the content, setters in the order of the book. */
            items: components["schemas"]["Task"][];
            /** @description The month asked for. */
            period: string;
        };
        /** @description A paragraph of a template. */
        TemplateParagraph: {
            /** @description Whether it stands in a table. */
            in_table: boolean;
            /** @description Its number, from 1. */
            number: number;
            /** @description Where it is, as findings say it. */
            place: string;
            /** @description Its text with the slots in it. */
            text: string;
        };
        /** @description A slot of a template and what it says today. */
        TemplateSlot: {
            /** @description 口径 in words. */
            basis: string;
            /** @description The figure. */
            figure?: string | null;
            /** @description Why it has no value. */
            finding?: string | null;
            /** @description The loop around it. */
            in_loop?: string | null;
            /** @description `value`, `growth`, `rank`, `text`, `count`, `period` or `chart`. */
            kind: string;
            /** @description How many more it prints. */
            more: number;
            /** @description Number of its paragraph in the template, from 1. */
            paragraph: number;
            /** @description Where that is, as findings say it. */
            place: string;
            /** @description What it prints; several in a loop, none in a branch that is not taken. */
            samples: string[];
            /** @description The slot without its braces. */
            slot: string;
            /** @description What it is called; empty when nothing was printed. */
            title: string;
            /** @description Its unit. */
            unit?: string | null;
        };
        /** @description A word of time outside of controls that speaks of the old month or year. */
        TimeWord: {
            /** @description Whether it was changed, and marked yellow. */
            changed: boolean;
            /** @description What it would be now. */
            new: string;
            /** @description What stands there. */
            old: string;
            /** @description Where. */
            place: components["schemas"]["PlaceOf"];
        };
        /** @description Something by its id and title. */
        TitledId: {
            /** @description Its id. */
            id: string;
            /** @description Its title. */
            title: string;
        };
        /** @description A token without its secret. */
        Token: {
            /** @description The books it is for; none for all. */
            books?: string[] | null;
            /** @description When it was made. */
            created: string;
            /** @description Until when it holds. */
            expires?: string | null;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description When it was last used, to the minute. */
            last_used?: string | null;
            /** @description Whose rights it narrows: the account's name. */
            person: string;
            /** @description The rights it holds at most. */
            scopes: components["schemas"]["Right"][];
            /** @description What it is for. */
            title: string;
        };
        /** @description A token to make. */
        TokenWish: {
            /** @description The books it is for; none for all. */
            books?: string[] | null;
            /** @description Until when it holds; none for ever. */
            expires?: string | null;
            /**
             * Format: int64
             * @description Whose rights it narrows; the caller's own when not said.
             */
            person?: number | null;
            /** @description The rights it holds at most. */
            scopes: components["schemas"]["Right"][];
            /** @description What it is for. */
            title: string;
        };
        /** @description All tokens. */
        Tokens: {
            /** @description By number. */
            items: components["schemas"]["Token"][];
        };
        /** @description A topic with its figures. */
        TopicDef: {
            /** @description Its figures in order. */
            figures: components["schemas"]["FigureDef"][];
            /** @description Its id. */
            id: string;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description What an authenticator app needs, shown once. */
        TotpEnrolment: {
            /** @description For typing. */
            secret: string;
            /** @description For scanning. */
            svg: string;
            /** @description For a link on the same device. */
            uri: string;
        };
        /** @description One cell a value was computed from. */
        TraceCell: {
            /** @description What the entry adds, in the figure's unit. */
            adds?: string | null;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description The field. */
            field: string;
            /** @description The field's title. */
            field_title: string;
            /** @description The title of the figure that read it. */
            figure: string;
            /** @description The text of the cell where it is not exactly the stored value. */
            original: string;
            /** @description Where it stands. */
            place: components["schemas"]["Origin"];
            /** @description `current` for the value, `prior` for its base. */
            side: string;
            /** @description What the entry is called. */
            title: string;
            /** @description Its unit. */
            unit: string;
            /** @description The value as people read it. */
            value: string;
        };
        /** @description A draft that was tried. */
        TriedTemplate: {
            /** @description Its parameters and charts. */
            definition: string;
            /** @description What is wrong or must be looked at. */
            findings: components["schemas"]["Finding"][];
            /** @description The paragraphs of its body. */
            paragraphs: components["schemas"]["TemplateParagraph"][];
            /** @description What must be set to try it. */
            parameters: components["schemas"]["ParameterDef"][];
            preview?: components["schemas"]["Preview"] | null;
            /** @description Its slots, each with what it says today; none while something is wrong. */
            slots: components["schemas"]["TemplateSlot"][];
            /** @description Whether nothing is wrong with it. */
            sound: boolean;
        };
        /**
         * @description What became of the words of a claim.
         * @enum {string}
         */
        Turn: "changed" | "rewritten" | "possible";
        /** @description The words of a claim that turned. */
        Turned: {
            /** @description The condition as the template asks it now. */
            condition: string;
            /** @description The words the template prints now. */
            new: string;
            /** @description The same in words. */
            note: string;
            /** @description The words before. */
            old: string;
            /** @description Where. */
            place: components["schemas"]["PlaceOf"];
            /** @description What became of them. */
            turn: components["schemas"]["Turn"];
        };
        /** @description A unit. */
        UnitDef: {
            /** @description What it measures. */
            dimension: string;
            /** @description How many base units it is. */
            factor: string;
            /** @description As printed. */
            id: string;
        };
        /** @description Why somebody wants to see a masked value. */
        UnmaskRequest: {
            /** @description The field. */
            field: string;
            /** @description Why. */
            reason: string;
        };
        /** @description A file sent as a form, for the description of the API. */
        Upload: {
            /** @description Only layouts of this book. */
            book?: string | null;
            /**
             * Format: binary
             * @description The workbook.
             */
            file: string;
        };
        /** @description What a number is used for. */
        Uses: {
            /** @description One for an entry; for a cell the entries whose values came from it: none for a heading, a note, an unread column. */
            items: components["schemas"]["UsesOfEntry"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
        };
        /** @description What one entry is used for. */
        UsesOfEntry: {
            /** @description Its book. */
            book: string;
            /**
             * Format: int64
             * @description The entry.
             */
            entry: number;
            /** @description The field that came from the cell asked for. */
            field?: string | null;
            /** @description Its title. */
            field_title?: string | null;
            /** @description Figures. */
            figures: components["schemas"]["FigureUse"][];
            /** @description Grades. */
            grades: components["schemas"]["GradeUse"][];
            /** @description Published values. */
            published: components["schemas"]["PublishedUse"][];
            /** @description Sentences of the reports as they read now. */
            sentences: components["schemas"]["SentenceUse"][];
            /** @description What it is called. */
            title: string;
        };
        /** @description A value, or why there is none. */
        Val: {
            blank?: components["schemas"]["Blank"] | null;
            /** @description Texts in order. */
            list?: string[] | null;
            /** @description A number, exact and unrounded. */
            number?: string | null;
            /** @description A text. */
            text?: string | null;
        };
        /**
         * @description How a number turned out.
         * @enum {string}
         */
        Verdict: "supported" | "contradicted" | "unknown" | "incomparable";
        /** @description One version of an entry. */
        Version: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description What it changed. */
            changes: components["schemas"]["VersionChange"][];
            /** @description What made it: `import`, `record` or `undo`. */
            kind: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            source?: components["schemas"]["SourceRef"] | null;
            /** @description Whether the entry counts after it. */
            state: string;
            /**
             * Format: int32
             * @description Its number, from 1.
             */
            version: number;
            /** @description Who. */
            who: string;
            /** @description Why, in their words. */
            why: string;
        };
        /** @description One value a version changed. */
        VersionChange: {
            /** @description The value after. */
            after: string;
            /** @description The value before, as people read it; empty for none. */
            before: string;
            /** @description The field. */
            field: string;
            /** @description Where the value after came from. */
            place: components["schemas"]["Origin"];
            /** @description Its Chinese title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
        };
        /** @description A saved view. */
        View: {
            /** @description The book. */
            book: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Its name. */
            name: string;
            /** @description Who saved it. */
            owner: string;
            /** @description The question, in the client's own form. */
            query: Record<string, never>;
            /** @description Whether everybody sees it who may read the book. */
            shared: boolean;
        };
        /** @description The views somebody sees. */
        ViewList: {
            /** @description By name. */
            items: components["schemas"]["View"][];
        };
        /** @description One state of the ledger. */
        Vintage: {
            /** @description When it was written. */
            at: string;
            /** @description The publications made from it. */
            publications: number[];
            /**
             * Format: int64
             * @description The revision.
             */
            revision: number;
        };
        /** @description A value as it was known. */
        VintageCell: {
            /** @description Whether it differs from the column before. */
            changed: boolean;
            /** @description The value, or why there was none. */
            value: components["schemas"]["Val"];
        };
        /** @description A period. */
        VintageRow: {
            /** @description Its value in each column. */
            cells: components["schemas"]["VintageCell"][];
            /** @description In its own form. */
            period: string;
            /** @description In Chinese. */
            text: string;
            /** @description In English. */
            text_en: string;
        };
        /** @description A figure as it was known at several times. */
        Vintages: {
            /** @description What was known, oldest first. */
            columns: components["schemas"]["Vintage"][];
            /**
             * Format: int32
             * @description Places they are printed with.
             */
            decimals: number;
            /** @description The figure. */
            figure: string;
            /** @description The periods, oldest first. */
            rows: components["schemas"]["VintageRow"][];
            /** @description Its Chinese title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
            /** @description The unit of all numbers. */
            unit: string;
        };
        /** @description A form, rendered from the fields of its book. */
        VisitForm: {
            /** @description The book. */
            book: string;
            /** @description Its fields in order. */
            fields: string[];
            /** @description Further fields, none of which need be filled in. */
            more: string[];
        };
        /** @description The forms for a visit. */
        VisitForms: {
            demand?: components["schemas"]["VisitForm"] | null;
            /** @description Demands still open. */
            demands: components["schemas"]["Demand"][];
            /** @description Of which department. */
            department?: string | null;
            /** @description Visits due. */
            due: components["schemas"]["DueVisit"][];
            /** @description Whom the visit is to, with the visits and demands there were. */
            enterprise: components["schemas"]["LinkedEntry"];
            /** @description The fields of the visit that are known beforehand. */
            known: components["schemas"]["KnownFields"];
            /** @description The light. */
            light: string;
            /** @description Who keeps in contact. */
            officer?: string | null;
            photos?: components["schemas"]["PhotoLimits"] | null;
            /** @description Today. */
            today: string;
            /** @description Of the visit. */
            visit: components["schemas"]["VisitForm"];
            /** @description Visits, newest first. */
            visits: components["schemas"]["PastVisit"][];
        };
        /** @description A visit as it was recorded. */
        VisitMade: {
            /** @description The demands. */
            demands: number[];
            /**
             * Format: int64
             * @description The revision.
             */
            revision: number;
            /**
             * Format: int64
             * @description Its entry.
             */
            visit: number;
        };
        /** @description Visits and demands counted over some days. */
        VisitMetrics: {
            /** @description Demands by category. */
            categories: components["schemas"]["MetricRow"][];
            /** @description By department: visits of the contact's, demands of the handling one. */
            departments: components["schemas"]["MetricRow"][];
            /** @description Enterprises there are. */
            enterprises: number;
            /** @description The first day. */
            from: string;
            /** @description Of them never visited. */
            never_visited: number;
            /** @description Enterprises that came in the last twelve months, without visit first. */
            newcomers: components["schemas"]["NewEnterprise"][];
            /** @description By contact officer. */
            officers: components["schemas"]["MetricRow"][];
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description The last day. */
            to: string;
            /** @description All together. */
            total: components["schemas"]["MetricRow"];
        };
        /** @description A photo of a visit. */
        VisitPhoto: {
            /** @description The day it came. */
            added?: string | null;
            /**
             * Format: int64
             * @description Its entry.
             */
            entry: number;
            /**
             * Format: int32
             * @description How high it is, in pixels.
             */
            height: number;
            /**
             * Format: int64
             * @description How long the file is, in bytes.
             */
            size: number;
            /**
             * Format: int32
             * @description Its version: what taking it out must name.
             */
            version: number;
            /**
             * Format: int32
             * @description How wide it is, in pixels.
             */
            width: number;
        };
        /** @description The photos of a visit. */
        VisitPhotos: components["schemas"]["PhotoLimits"] & {
            /** @description The photos, in the order they came. */
            items: components["schemas"]["VisitPhoto"][];
            /** @description Whether this person may add one and take one out. */
            may_record: boolean;
            /**
             * Format: int64
             * @description The visit.
             */
            visit: number;
        };
        /** @description A rule as it is told. */
        VisitRule: {
            /** @description The document; `to be supplied` where none is known. */
            document: string;
            /** @description The first day it is in force. */
            from?: string | null;
            /** @description Its id. */
            id: string;
            /** @description Where its number comes from, in a sentence. */
            source?: string | null;
            /** @description Chinese title. */
            title: string;
            /** @description English title. */
            title_en: string;
        };
        /** @description The visits due. */
        VisitsDue: {
            /** @description Departments there are. */
            departments: string[];
            /** @description The visits, late ones first. */
            items: components["schemas"]["DueVisit"][];
            /** @description Contact officers there are. */
            officers: string[];
            /** @description The day. */
            on: string;
            /**
             * Format: int64
             * @description The ledger revision.
             */
            revision: number;
            /** @description The rules in force, with how much of each is done. */
            rules: components["schemas"]["RuleProgress"][];
        };
        /** @description A file of boundaries in short. */
        WaitingStage: {
            /** @description When. */
            created: string;
            /**
             * Format: int32
             * @description The coordinate system a person named; absent while nobody did.
             */
            crs?: number | null;
            /** @description The file's name. */
            file: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /** @description Who sent it. */
            who: string;
        };
        /** @description One step from nothing to the score. */
        WaterfallStep: {
            /** @description `indicator`, `correction`, `bonus`, `malus`, `total`. */
            kind: string;
            /** @description Points it adds or takes. */
            points: string;
            /** @description What it is. */
            title: string;
            /** @description English title. */
            title_en: string;
            /** @description The sum so far. */
            total: string;
            /** @description What is to know of it, in words. */
            words: string;
        };
        /**
         * @description How it was found whose number it is.
         * @enum {string}
         */
        Way: "tag" | "sentence" | "title";
        /** @description A difference explained. */
        Why: {
            /** @description Whether single movers are told: they are where the value is made of sums and this person may see the rows. */
            by_mover: boolean;
            /**
             * Format: int32
             * @description Places they are printed with.
             */
            decimals: number;
            /** @description After less before, exact. */
            difference: string;
            /** @description The figure. */
            figure: string;
            flat?: components["schemas"]["WhyFlat"] | null;
            /** @description Before. */
            from: components["schemas"]["WhyEnd"];
            /** @description The parts in the order they are walked; they add up to the difference exactly. */
            parts: components["schemas"]["WhyPart"][];
            /** @description `value` or `growth`. */
            quantity: string;
            /** @description The difference in percent of before. */
            relative?: string | null;
            /** @description Its Chinese title. */
            title: string;
            /** @description Its English title. */
            title_en: string;
            /** @description After. */
            to: components["schemas"]["WhyEnd"];
            /** @description The unit of all numbers here. */
            unit: string;
        };
        /** @description A cell behind a mover. */
        WhyCell: {
            /** @description Whether it is of the value after. */
            after: boolean;
            /** @description The cell. */
            cell: components["schemas"]["TraceCell"];
        };
        /** @description One end of a difference. */
        WhyEnd: {
            /** @description Its period. */
            period: components["schemas"]["Span"];
            /**
             * Format: int64
             * @description The publication it is of.
             */
            publication?: number | null;
            /**
             * Format: int64
             * @description Its revision.
             */
            revision: number;
            /** @description As printed. */
            shown: string;
            /** @description The exact value. */
            value: string;
        };
        /** @description What would be, had somebody not changed. */
        WhyFlat: {
            /** @description The change from before to that, in words. */
            change: string;
            /** @description Who. */
            names: string[];
            /** @description As printed. */
            shown: string;
            /** @description The value after then, exact. */
            value: string;
        };
        /** @description What one subject moved. */
        WhyMover: {
            /** @description What it adds after. */
            after: (string | null)[];
            /** @description What it added to each sum before, in the unit of the returns. */
            before: (string | null)[];
            /** @description The cells behind it. */
            cells: components["schemas"]["WhyCell"][];
            /** @description How much it moved, exact. */
            effect: string;
            /** @description The value after, had it not changed. */
            if_flat?: string | null;
            /** @description The change from before to that, in words. */
            if_flat_change?: string | null;
            /**
             * Format: int64
             * @description Its entry.
             */
            subject: number;
            /** @description What it is called. */
            title: string;
        };
        /** @description One part of a difference. */
        WhyPart: {
            /** @description How much of the difference it is, exact. */
            amount: string;
            /** @description Those who moved it down most. */
            down: components["schemas"]["WhyMover"][];
            /** @description `correction`, `definition`, `basis`, `entry`, `exit` or `growth`. */
            kind: string;
            /** @description How many made it. */
            movers: number;
            /** @description Its share of the difference in percent, where there is one. */
            share?: string | null;
            /** @description In Chinese. */
            title: string;
            /** @description Those who moved it up most. */
            up: components["schemas"]["WhyMover"][];
        };
        /** @description When applications are taken, or holders report. */
        WindowCard: {
            /** @description Last day. */
            closes: string;
            /** @description Whether it was not announced, but is expected by the one of an earlier or later year. */
            expected: boolean;
            /** @description First day; none: not told. */
            opens?: string | null;
            /** @description The notice it stands in. */
            source: string;
            /** @description What is done. */
            title: string;
            /** @description In English. */
            title_en: string;
        };
        /** @description A year of a parcel. */
        YearScore: {
            /** @description The grade. */
            grade?: string | null;
            /**
             * Format: int64
             * @description The frozen evaluation.
             */
            run: number;
            /** @description The scheme. */
            scheme: string;
            /** @description The score; only comparable within one evaluation. */
            score?: string | null;
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
