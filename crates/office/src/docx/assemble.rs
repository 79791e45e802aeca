//! Rendered parts back into a .docx, every token a content control, the basis beside them.
//!
//! Same input, same bytes: no clock, no chance; control ids are numbered, not drawn. What leaving out or repeating
//! paragraphs can break is mended: an empty table vanishes, a cell keeps a paragraph, ids and bookmarks stay unique.
//!
//! Deliberately absent: rendering, and the meaning of the basis. To store another document property: one field of
//! [`Properties`], one line in `core_properties`.

use std::collections::BTreeSet;

use super::chart::{self, Chart};
use super::mend::mend;
use super::package::{self, OFFICE_RELS, Package, bad_part, resolve};
use super::xml::{self, Braces, Element, Node};
use super::{DocxFault, Limits, guard};

/// First character of a token.
pub const TOKEN_OPEN: char = '\u{E000}';
/// Last character of a token.
pub const TOKEN_CLOSE: char = '\u{E001}';

/// Marks the custom XML part that holds the basis; Word keeps it when it renames the part.
const BASIS_ID: &str = "{7C6E5B2A-41D3-4F0E-9A57-0B8D2C91E6F4}";
const DATASTORE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";
const PROPS_TYPE: &str = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml";
const CORE: &str = "docProps/core.xml";
const CORE_TYPE: &str = "application/vnd.openxmlformats-package.core-properties+xml";
const CORE_REL: &str =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
const DOCUMENT_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
/// Control ids start here; Word draws its own from all 32 bits, so taken ones are skipped.
const FIRST_ID: i64 = 100_000_001;
/// Longest tag or alias Word accepts, in characters.
const NAME_LETTERS: usize = 64;

/// What a token is replaced with.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Fill {
    /// The control's tag, which leads to the basis; at most 64 characters.
    pub tag: String,
    /// The control's title, which Word shows above it; at most 64 characters.
    pub alias: String,
    /// The text in the control. Line breaks become line breaks.
    pub text: String,
    /// Whether to mark the text yellow: something is missing.
    pub highlight: bool,
}

/// Properties of the document, as Word shows them under “File, Info”.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Properties {
    /// Title; left out when empty, as are the others.
    pub title: String,
    /// Subject.
    pub subject: String,
    /// Keywords.
    pub keywords: String,
    /// Description.
    pub description: String,
    /// When the document was made, as `2023-10-08T09:00:00Z`.
    pub created: String,
}

/// The token that a template function returns for the fill with this index.
pub fn token(index: usize) -> String {
    format!("{TOKEN_OPEN}{index}{TOKEN_CLOSE}")
}

/// Puts the rendered parts (name, XML) back into the template's file.
///
/// Every part of [`super::template()`] must be given. `charts` are what the tokens of [`super::chart_token`] stand for. `basis_xml` is stored as a custom XML part, see [`read_basis`].
///
/// # Errors
/// The template is refused, a rendered part is missing or broken, a token has no fill or stands where no text can, or a
/// fill is too long.
pub fn assemble(
    template_bytes: &[u8],
    rendered: &[(String, String)],
    fills: &[Fill],
    charts: &[Chart],
    basis_xml: Option<&str>,
    properties: &Properties,
) -> Result<Vec<u8>, DocxFault> {
    check_fills(fills)?;
    let mut package = Package::read(template_bytes, &Limits::default())?;
    guard::check(&package)?;
    let names = package.text_parts()?;
    let mut roots = Vec::with_capacity(names.len());
    for name in &names {
        let bad = |what: &str| DocxFault::BadRendered { part: name.clone(), what: what.to_owned() };
        let (_, source) = rendered.iter().find(|(part, _)| part == name).ok_or_else(|| bad("missing"))?;
        guard::check_elements(name, source)?;
        roots.push((name, xml::parse_word(source).map_err(|what| bad(&what))?));
    }
    if let Some((stranger, _)) = rendered.iter().find(|(part, _)| !names.contains(part)) {
        return Err(DocxFault::BadRendered {
            part: stranger.clone(),
            what: "not in the template".to_owned(),
        });
    }
    let mut ids = Ids::of(roots.iter().map(|(_, root)| root));
    for (name, root) in &mut roots {
        // Only the document itself is tied to charts.
        let charts = if *name == &names[0] { charts } else { &[] };
        settle(name, root, (fills, Some(charts)), &mut ids)?;
    }
    let roots: Vec<(String, Element)> = roots.into_iter().map(|(name, root)| (name.clone(), root)).collect();
    for (name, root) in roots {
        package.put(&name, xml::write(&root, Braces::Plain).into_bytes());
    }
    for (index, one) in charts.iter().enumerate() {
        chart::store(&mut package, index, one)?;
    }
    drop_comments(&mut package)?;
    package.declare(&names[0], DOCUMENT_TYPE)?;
    if let Some(basis) = basis_xml {
        store_basis(&mut package, basis)?;
    }
    store_properties(&mut package, properties)?;
    Ok(package.write())
}

/// The basis that [`assemble`] stored in the file, also after Word, WPS or LibreOffice saved it again.
pub fn read_basis(bytes: &[u8]) -> Option<String> {
    let package = Package::read(bytes, &Limits::default()).ok()?;
    guard::check_doctypes(&package).ok()?;
    let (name, _) = basis_part(&package)?;
    package.text(&name).ok()
}

/// Names of the basis part and of its properties.
fn basis_part(package: &Package) -> Option<(String, String)> {
    package.entries.iter().filter(|(name, _)| name.starts_with("customXml/item")).find_map(|(name, _)| {
        let relations = package.relations(name).ok()?;
        let props = relations.iter().find(|relation| relation.kind == "customXmlProps")?;
        let props = resolve(name, &props.target)?;
        let root = xml::parse(&package.text(&props).ok()?).ok()?;
        let ours = root
            .attrs
            .iter()
            .any(|(key, value)| package::local(key) == "itemID" && value.eq_ignore_ascii_case(BASIS_ID));
        ours.then(|| (name.clone(), props))
    })
}

/// Puts the fills and charts of a part in their places and mends it; without charts their tokens stay.
pub(super) fn settle(
    part: &str,
    root: &mut Element,
    (fills, charts): (&[Fill], Option<&[Chart]>),
    ids: &mut Ids,
) -> Result<(), DocxFault> {
    Place { part, fills, charts, ids }.element(root)?;
    mend(root);
    check_no_token(part, root)
}

pub(super) fn check_fills(fills: &[Fill]) -> Result<(), DocxFault> {
    let long = |text: &str| text.chars().count() > NAME_LETTERS;
    match fills.iter().position(|fill| fill.tag.is_empty() || long(&fill.tag) || long(&fill.alias)) {
        Some(index) => Err(DocxFault::BadFill {
            index: Some(index),
            what: format!("{} / {}", fills[index].tag, fills[index].alias),
        }),
        None => Ok(()),
    }
}

/// Numbers for new content controls.
pub(super) struct Ids {
    taken: BTreeSet<i64>,
    next: i64,
}

impl Ids {
    pub(super) fn of<'e>(roots: impl Iterator<Item = &'e Element>) -> Self {
        let mut taken = BTreeSet::new();
        for root in roots {
            root.each(&mut |element| {
                if element.is("w:sdtPr") {
                    taken.extend(element.child("w:id").and_then(control_id));
                }
            });
        }
        Self::beside(taken)
    }

    /// Numbers beside those that are taken.
    pub(super) fn beside(taken: BTreeSet<i64>) -> Self {
        Self { taken, next: FIRST_ID }
    }

    pub(super) fn draw(&mut self) -> i64 {
        while self.taken.contains(&self.next) {
            self.next += 1;
        }
        self.next += 1;
        self.next - 1
    }
}

fn control_id(element: &Element) -> Option<i64> {
    element.attr("w:val").and_then(|value| value.parse().ok())
}

/// Finds the first whole token: its first byte, the byte after it, its index.
fn find_token(text: &str) -> Option<(usize, usize, usize)> {
    let mut from = 0;
    while let Some(at) = text[from..].find(TOKEN_OPEN) {
        let start = from + at;
        let digits = start + TOKEN_OPEN.len_utf8();
        let length = text[digits..].bytes().take_while(u8::is_ascii_digit).count();
        let close = digits + length;
        if let Ok(index) = text[digits..close].parse()
            && text[close..].starts_with(TOKEN_CLOSE)
        {
            return Some((start, close + TOKEN_CLOSE.len_utf8(), index));
        }
        from = digits;
    }
    None
}

fn holds_token(element: &Element) -> bool {
    element.any(&|inner| {
        inner.children.iter().any(|node| matches!(node, Node::Text(text) if find_token(text).is_some()))
    })
}

/// Turns the tokens of a part into content controls.
struct Place<'p> {
    part: &'p str,
    fills: &'p [Fill],
    charts: Option<&'p [Chart]>,
    ids: &'p mut Ids,
}

impl Place<'_> {
    fn element(&mut self, element: &mut Element) -> Result<(), DocxFault> {
        // Word allows no control inside the base or the reading of a ruby text.
        let controls = !matches!(element.name.as_str(), "w:rt" | "w:rubyBase");
        let mut out = Vec::with_capacity(element.children.len());
        for node in std::mem::take(&mut element.children) {
            match node {
                Node::Element(run) if run.is("w:r") && controls => self.run(run, &mut out)?,
                Node::Element(mut child) => {
                    self.element(&mut child)?;
                    if child.is("w:p") && child.elements().any(chart::holds_chart) {
                        chart::free(&mut child);
                    }
                    let nested = child.is("w:sdt") && is_plain_control(&child) && holds_control(&child);
                    if nested {
                        // A plain-text control must not hold another control.
                        let content = child.children.into_iter().filter(|node| node.is("w:sdtContent"));
                        out.extend(content.flat_map(|node| match node {
                            Node::Element(content) => content.children,
                            _ => Vec::new(),
                        }));
                    } else {
                        out.push(Node::Element(child));
                    }
                }
                other => out.push(other),
            }
        }
        element.children = out;
        Ok(())
    }

    fn run(&mut self, run: Element, out: &mut Vec<Node>) -> Result<(), DocxFault> {
        let Some(run) = self.chart(run, out)? else { return Ok(()) };
        if !holds_token(&run) {
            out.push(Node::Element(run));
            return Ok(());
        }
        self.fill(run, out)
    }

    /// Puts the drawing of a chart in the place of its token, with whatever text stands around it left out: a chart is alone
    /// in its run. The run itself when it holds none.
    fn chart(&mut self, run: Element, out: &mut Vec<Node>) -> Result<Option<Element>, DocxFault> {
        let text = run.child("w:t").map(Element::text).unwrap_or_default();
        let (Some(index), Some(charts)) = (chart::chart_of(&text), self.charts) else { return Ok(Some(run)) };
        let found = charts.get(index).ok_or_else(|| DocxFault::BadRendered {
            part: self.part.to_owned(),
            what: format!("there is no chart {index} for this part"),
        })?;
        let drawing = Node::Element(chart::drawing(index, found)?);
        out.push(Node::Element(Element::new("w:r").holding(vec![drawing])));
        Ok(None)
    }

    fn fill(&mut self, mut run: Element, out: &mut Vec<Node>) -> Result<(), DocxFault> {
        let properties = run.child("w:rPr").cloned();
        let children = std::mem::take(&mut run.children);
        let mut current = Vec::new();
        let flush = |current: &mut Vec<Node>, out: &mut Vec<Node>| {
            if !current.is_empty() {
                let children =
                    properties.clone().map(Node::Element).into_iter().chain(current.drain(..)).collect();
                out.push(Node::Element(Element { children, ..run.clone() }));
            }
        };
        for node in children {
            match node {
                Node::Element(inner) if inner.is("w:rPr") => {}
                Node::Element(inner) if inner.is("w:t") => {
                    let text = inner.text();
                    let mut rest = text.as_str();
                    while let Some((start, end, index)) = find_token(rest) {
                        push_text(&mut current, &rest[..start]);
                        flush(&mut current, out);
                        out.push(Node::Element(self.control(index, properties.as_ref())?));
                        rest = &rest[end..];
                    }
                    push_text(&mut current, rest);
                }
                Node::Element(mut inner) => {
                    // A text box inside the run has runs of its own.
                    self.element(&mut inner)?;
                    current.push(Node::Element(inner));
                }
                other => current.push(other),
            }
        }
        flush(&mut current, out);
        Ok(())
    }

    fn control(&mut self, index: usize, properties: Option<&Element>) -> Result<Element, DocxFault> {
        let fill = self.fills.get(index).ok_or_else(|| DocxFault::BadRendered {
            part: self.part.to_owned(),
            what: format!("token {index} has no fill"),
        })?;
        Ok(control(fill, self.ids.draw(), properties))
    }
}

/// A content control with a fill, its run looking as `properties` say.
pub(super) fn control(fill: &Fill, id: i64, properties: Option<&Element>) -> Element {
    let value = |name: &str, value: &str| Node::Element(Element::new(name).with("w:val", value));
    let mut about = Vec::with_capacity(4);
    if !fill.alias.is_empty() {
        about.push(value("w:alias", &fill.alias));
    }
    about.push(value("w:tag", &fill.tag));
    about.push(value("w:id", &id.to_string()));
    about.extend(control_kind(fill).map(Node::Element));
    let mut run: Vec<Node> =
        run_properties(properties, fill.highlight).map(Node::Element).into_iter().collect();
    for (line_number, line) in fill.text.split('\n').enumerate() {
        if line_number > 0 {
            run.push(Node::Element(Element::new("w:br")));
        }
        run.push(Node::Element(Element::text_run(vec![Node::Text(line.trim_end_matches('\r').to_owned())])));
    }
    Element::new("w:sdt").holding(vec![
        Node::Element(Element::new("w:sdtPr").holding(about)),
        Node::Element(
            Element::new("w:sdtContent").holding(vec![Node::Element(Element::new("w:r").holding(run))]),
        ),
    ])
}

/// The kind of control: plain text, or none, which is rich text.
///
/// LibreOffice 7.4, which is still widespread, writes the text of a plain control with Chinese letters in it several times;
/// later versions, Word and WPS treat both kinds alike.
pub(super) fn control_kind(fill: &Fill) -> Option<Element> {
    if fill.highlight || fill.text.chars().any(|letter| letter >= '\u{2E80}') {
        return None;
    }
    let plain = Element::new("w:text");
    Some(if fill.text.contains('\n') { plain.with("w:multiLine", "1") } else { plain })
}

fn push_text(current: &mut Vec<Node>, text: &str) {
    if !text.is_empty() {
        current.push(Node::Element(Element::text_run(vec![Node::Text(text.to_owned())])));
    }
}

/// Whether a control takes only plain text or a choice, by the last child of its properties.
fn is_plain_control(control: &Element) -> bool {
    control.child("w:sdtPr").is_some_and(|properties| {
        properties.elements().any(|kind| {
            matches!(
                package::local(&kind.name),
                "text" | "dataBinding" | "comboBox" | "dropDownList" | "date" | "picture" | "checkbox"
            )
        })
    })
}

fn holds_control(control: &Element) -> bool {
    control.child("w:sdtContent").is_some_and(|content| content.any(&|inner| inner.is("w:sdt")))
}

/// The run's properties, with a yellow mark in its place of the schema's sequence when asked for.
pub(super) fn run_properties(properties: Option<&Element>, highlight: bool) -> Option<Element> {
    /// What follows `w:highlight` in CT_RPr.
    const AFTER: [&str; 13] = [
        "w:u",
        "w:effect",
        "w:bdr",
        "w:shd",
        "w:fitText",
        "w:vertAlign",
        "w:rtl",
        "w:cs",
        "w:em",
        "w:lang",
        "w:eastAsianLayout",
        "w:specVanish",
        "w:oMath",
    ];
    if !highlight {
        return properties.cloned();
    }
    let mut properties = properties.cloned().unwrap_or_else(|| Element::new("w:rPr"));
    properties.children.retain(|node| !node.is("w:highlight"));
    let at = properties
        .children
        .iter()
        .position(|node| node.element().is_some_and(|inner| AFTER.contains(&inner.name.as_str())))
        .unwrap_or(properties.children.len());
    let mark = Element::new("w:highlight").with("w:val", "yellow");
    properties.children.insert(at, Node::Element(mark));
    Some(properties)
}

fn check_no_token(part: &str, root: &Element) -> Result<(), DocxFault> {
    let left = root.any(&|element| {
        element.attrs.iter().any(|(_, value)| find_token(value).is_some())
            || element.children.iter().any(
                |node| matches!(node, Node::Text(text) if find_token(text).is_some() || chart::stray(text)),
            )
    });
    if left {
        return Err(DocxFault::BadRendered {
            part: part.to_owned(),
            what: "a token stands where no content control can".to_owned(),
        });
    }
    Ok(())
}

/// A finished report carries no remarks about its template.
fn drop_comments(package: &mut Package) -> Result<(), DocxFault> {
    let document = package.document()?;
    let kinds = ["comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"];
    for relation in package.relations(&document)? {
        if !kinds.contains(&relation.kind.as_str()) {
            continue;
        }
        if let Some(part) = resolve(&document, &relation.target) {
            package.drop_part(&part)?;
        }
        package.edit(&package::rels_name(&document), |root| {
            root.children.retain(|node| {
                node.element().is_none_or(|element| element.attr("Id") != Some(relation.id.as_str()))
            });
        })?;
    }
    Ok(())
}

/// Keeps the basis in the file, in the place of one that is there.
pub(super) fn store_basis(package: &mut Package, basis: &str) -> Result<(), DocxFault> {
    xml::parse(basis).map_err(|what| DocxFault::BadFill { index: None, what })?;
    if let Some((item, _)) = basis_part(package) {
        package.put(&item, basis.as_bytes().to_vec());
        return Ok(());
    }
    let free = |n: &u32| {
        package.get(&format!("customXml/item{n}.xml")).is_none()
            && package.get(&format!("customXml/itemProps{n}.xml")).is_none()
    };
    let n = (1..=u32::MAX).find(free).expect("the numbers do not end");
    let (item, props) = (format!("customXml/item{n}.xml"), format!("customXml/itemProps{n}.xml"));
    package.put(&item, basis.as_bytes().to_vec());
    let about = Element::new("ds:datastoreItem")
        .with("ds:itemID", BASIS_ID)
        .with("xmlns:ds", DATASTORE)
        .holding(vec![Node::Element(Element::new("ds:schemaRefs"))]);
    package.put(&props, xml::write(&about, Braces::Plain).into_bytes());
    package.declare(&props, PROPS_TYPE)?;
    package.edit(package::CONTENT_TYPES, |root| {
        let known =
            root.elements().any(|line| line.attr("Extension").is_some_and(|e| e.eq_ignore_ascii_case("xml")));
        if !known {
            let xml = Element::new("Default").with("Extension", "xml").with("ContentType", "application/xml");
            root.children.insert(0, Node::Element(xml));
        }
    })?;
    package.relate(&item, &format!("{OFFICE_RELS}/customXmlProps"), &format!("itemProps{n}.xml"))?;
    let document = package.document()?;
    let up = "../".repeat(document.matches('/').count());
    package.relate(&document, &format!("{OFFICE_RELS}/customXml"), &format!("{up}{item}"))
}

fn store_properties(package: &mut Package, properties: &Properties) -> Result<(), DocxFault> {
    let existing = package.relations("")?.into_iter().find(|relation| relation.kind == "core-properties");
    let part = if let Some(relation) = existing {
        resolve("", &relation.target)
            .ok_or_else(|| bad_part(package::ROOT_RELS, "a target leaves the file"))?
    } else {
        package.relate("", CORE_REL, CORE)?;
        CORE.to_owned()
    };
    package.put(&part, core_properties(properties).into_bytes());
    package.declare(&part, CORE_TYPE)
}

/// The core properties part (ECMA-376 part 2, 11).
pub(super) fn core_properties(properties: &Properties) -> String {
    let mut root = Element::new("cp:coreProperties")
        .with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:dcmitype", "http://purl.org/dc/dcmitype/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    let texts = [
        ("dc:title", &properties.title),
        ("dc:subject", &properties.subject),
        ("cp:keywords", &properties.keywords),
        ("dc:description", &properties.description),
    ];
    for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        root.children.push(Node::Element(Element::new(name).holding(vec![Node::Text(text.clone())])));
    }
    for name in ["dcterms:created", "dcterms:modified"] {
        if !properties.created.is_empty() {
            let text = vec![Node::Text(properties.created.clone())];
            root.children
                .push(Node::Element(Element::new(name).with("xsi:type", "dcterms:W3CDTF").holding(text)));
        }
    }
    xml::write(&root, Braces::Plain)
}
