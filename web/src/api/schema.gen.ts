// Made by npm run types from the server's OpenAPI document; not written by hand.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Why a file is accepted, and what was seen of it. */
        AcceptRequest: {
            /** @description `plan` of the view that was looked at: if the ledger moved since, nothing is written. */
            plan?: string | null;
            /** @description Why; the file's name when nothing is said. */
            why?: string;
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
            /**
             * Format: int32
             * @description First-line indent in characters.
             */
            indent?: number | null;
            /** @description `paragraph`, `heading`, `table` or `page_break`. */
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
            entries: components["schemas"]["ChangedEntry"][];
            /** @description The figure. */
            figure?: string | null;
            /** @description How many more entries did. */
            more_entries: number;
            /** @description What would be printed now; empty for what is not there any more. */
            now: string;
            /** @description The query that traces it. */
            question?: string | null;
            /** @description What was printed; empty for what was not there. */
            then: string;
            /** @description What it is called. */
            title: string;
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
        /** @description A code of the second factor. */
        Code: {
            /** @description Six digits. */
            code: string;
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
        /** @description A column. */
        ColumnView: {
            /** @description Whether it is hidden. */
            hidden: boolean;
            /** @description Its letters. */
            letter: string;
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
        /** @description A case with a deadline. */
        Deadline: {
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
        /** @description Who moves a figure. */
        Drivers: {
            /** @description The field the figure is broken down by. */
            by: string;
            /** @description By subject or by what was asked, largest first. */
            items: components["schemas"]["GroupLine"][];
        };
        /** @description A change of an entry. */
        Edit: {
            /** @description The values that change, by field; null takes one out. */
            values: {
                [key: string]: Record<string, never>;
            };
            /** @description Why. */
            why: string;
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
        /** @description The names that wait. */
        MatchList: {
            /** @description In the order they came. */
            items: components["schemas"]["MatchView"][];
            /** @description How many there are. */
            total: number;
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
        /** @description A new entry. */
        NewEntry: {
            /** @description Its values by field: JSON, or text as it would be typed. */
            values: {
                [key: string]: Record<string, never>;
            };
            /** @description Why. */
            why: string;
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
            /** @description The text of the cell where it is not exactly the stored value. */
            original?: string | null;
            /** @description The sheet; for what was typed, by whom. */
            sheet?: string;
            /** @description The digest of the file, when there is one. */
            source?: string | null;
        };
        /** @description The overview of a month. */
        Overview: {
            /** @description The figures. */
            cards: components["schemas"]["OverviewCard"][];
            /** @description Cases whose deadline is near or past, the most urgent first. */
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
            /** @description Who. */
            who: string;
        };
        /** @description What changed since a publication. */
        PublicationChanges: {
            /** @description Whether definitions or template changed too. */
            content_changed: boolean;
            /** @description The values that would read otherwise, in the order of the document. */
            items: components["schemas"]["ChangeOfSlot"][];
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
        };
        /** @description Publications of a report. */
        PublicationList: {
            /** @description Newest first. */
            items: components["schemas"]["Publication"][];
        };
        /** @description What to publish. */
        PublishRequest: {
            /** @description What to say of it. */
            note?: string;
            /** @description The month, such as `2023-10`. */
            period: string;
        };
        /** @description One question about a figure. */
        Question: {
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
        Right: "read" | "record" | "accept" | "publish" | "administer" | "unmask" | "audit";
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
        /**
         * @description Whether a return has come.
         * @enum {string}
         */
        Sent: "sent" | "late" | "missing" | "not_due" | "none";
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
        /** @description Who is signed in. */
        Session: {
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
        /** @description Why something is done. */
        Why: {
            /** @description In one's own words. */
            why: string;
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
