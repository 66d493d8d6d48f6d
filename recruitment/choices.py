"""The closed vocabularies of the record; each value is spelled as in the data files."""

from django.db import models


class CountryKind(models.TextChoices):
    """Whether a row is a country or several that claimants count together."""

    COUNTRY = "country", "Country"
    GROUP = "group", "Group of countries"


class Side(models.TextChoices):
    """For whom the people fought."""

    RUSSIA = "russia", "Russian side"
    UKRAINE = "ukraine", "Ukrainian side"


class Metric(models.TextChoices):
    """What is counted: stocks on a day, cumulative counts, and context (rule R0)."""

    RECRUITED = "recruited", "Recruited"
    SERVING = "serving", "Serving"
    RETURNED = "returned", "Returned home"
    STATE_DEPLOYED = "state_deployed", "Troops sent by their state"
    KILLED = "killed", "Killed"
    WOUNDED = "wounded", "Wounded"
    MISSING = "missing", "Missing"
    CAPTURED_HELD = "captured_held", "Held as prisoners of war"
    CAPTURED_TOTAL = "captured_total", "Captured so far"
    # Context: shown, never estimated.
    CASUALTIES = "casualties", "Killed or wounded, not told apart"
    OFFERS = "offers", "Applications and invitations"
    ENLISTMENT_FLOW = "enlistment_flow", "Contracts signed in a period"
    MOBILISED = "mobilised", "Mobilised"
    FLED_MOBILISATION = "fled_mobilisation", "Fled from mobilisation"
    FORCE_SIZE = "force_size", "Size of a force"
    NATIONALITIES = "nationalities", "Number of nationalities"
    ARRESTED = "arrested", "Arrested"
    CONVICTED = "convicted", "Convicted"
    CONTRACT_TERM_YEARS = "contract_term_years", "Contract term in years"
    PRISON_SENTENCE_YEARS = "prison_sentence_years", "Prison sentence in years"
    CONSCRIPT_AGE_YEARS = "conscript_age_years", "Age of conscription in years"


RECRUITMENT_METRICS = (
    Metric.RECRUITED,
    Metric.SERVING,
    Metric.RETURNED,
    Metric.STATE_DEPLOYED,
    Metric.OFFERS,
    Metric.ENLISTMENT_FLOW,
    Metric.MOBILISED,
)
CASUALTY_METRICS = (
    Metric.KILLED,
    Metric.WOUNDED,
    Metric.MISSING,
    Metric.CAPTURED_HELD,
    Metric.CAPTURED_TOTAL,
    Metric.CASUALTIES,
)


class Qualifier(models.TextChoices):
    """The word that the claimant put before the number (rule R2)."""

    EXACT = "exact", "exactly"
    ABOUT = "about", "about"
    ALMOST = "almost", "nearly"
    AT_LEAST = "at_least", "at least"
    MORE_THAN = "more_than", "more than"
    UP_TO = "up_to", "up to"
    RANGE = "range", "from … to"
    ORDER_OF_MAGNITUDE = "order_of_magnitude", "dozens, hundreds, thousands"


class Scope(models.TextChoices):
    """How much of a country's nationals a figure is about."""

    TOTAL = "total", "All nationals that the claimant knows of"
    SUBSET = "subset", "A list, unit, network, region or period"


class Precision(models.TextChoices):
    """How exactly a day is known; the day given is then the last of its month or year."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"
    UNKNOWN = "unknown", "Not stated"


class Evidence(models.TextChoices):
    """What a number rests on."""

    ENUMERATED = "enumerated", "A list of names or cases that outsiders have seen"
    CUSTODY = "custody", "Counted by the power that holds the prisoners"
    STATEMENT = "statement", "A statement"
    ESTIMATE = "estimate", "An estimate"
    FORECAST = "forecast", "A forecast"


class Interest(models.TextChoices):
    """The interest of a party to the war in the number."""

    WITH = "with", "The number suits the party that gives it"
    AGAINST = "against", "The number tells against the party that gives it"
    NONE = "none", "No party's interest"


class Status(models.TextChoices):
    """Where a record stands; every status but draft and published is public history."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    CORRECTED = "corrected", "Corrected"
    RETRACTED = "retracted", "Retracted"


class StatusReason(models.TextChoices):
    """Why a record is not, or no longer, simply published."""

    LOW_CONFIDENCE = "low_confidence", "The reading of the page is uncertain"
    PROBABLE_ERROR = "probable_error", "The claim is probably an error"
    NEEDS_REVIEW = "needs_review", "An editor must look again"
    NEWER_CLAIM = "newer_claim", "The claimant gave a newer figure"
    MISREAD = "misread", "We misread the page"
    WITHDRAWN = "withdrawn", "The claimant withdrew it"


class Confidence(models.TextChoices):
    """That the row renders what was claimed, not that the claim is true."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Party(models.TextChoices):
    """The two states at war."""

    RUSSIA = "russia", "Russia"
    UKRAINE = "ukraine", "Ukraine"


class ClaimantKind(models.TextChoices):
    """What kind of body or person says it."""

    HOME_GOVERNMENT = "home_government", "Government of the recruits' country"
    OTHER_GOVERNMENT = "other_government", "Other government"
    RUSSIAN_AUTHORITY = "russian_authority", "Russian authority"
    UKRAINIAN_AUTHORITY = "ukrainian_authority", "Ukrainian authority"
    INTELLIGENCE = "intelligence", "Intelligence service"
    UN_BODY = "un_body", "United Nations body"
    LEGISLATOR = "legislator", "Legislator"
    INDEPENDENT_MEDIA = "independent_media", "News organisation"
    NGO = "ngo", "Non-governmental organisation"
    RESEARCHER = "researcher", "Researcher"
    FAMILIES = "families", "Families"
    FIGHTER = "fighter", "Fighter or prisoner"


class SourceKind(models.TextChoices):
    """What kind of page it is."""

    NEWS_REPORT = "news_report", "News report"
    WIRE_COPY = "wire_copy", "Copy of an agency's report"
    REWRITE = "rewrite", "Rewrite of another page"
    OPINION = "opinion", "Opinion"
    BLOG = "blog", "Blog"
    NGO_REPORT = "ngo_report", "Report of an organisation"
    DATASET = "dataset", "Dataset"
    UNCLASSIFIED = "unclassified", "Not yet classified"


class LinkState(models.TextChoices):
    """What visits to a page's address found; bad news counts once two of them bring it."""

    UNCHECKED = "unchecked", "Not yet checked"
    THERE = "there", "The page is there, and no words that were found on it are missing"
    CHANGED = "changed", "The page is there, but words that were read on it are missing"
    GONE = "gone", "The page is gone"


class VisitOutcome(models.TextChoices):
    """What one visit to a page's address found; only what was seen can be news."""

    THERE = "there", "The page is there"
    CHANGED = "changed", "Words that were read on the page are missing"
    GONE = "gone", "The page is gone"
    REPLACED = "replaced", "The address leads to another page"
    UNSEEN = "unseen", "The page was not shown to us"


class Role(models.TextChoices):
    """How a source stands to the claim that it is cited for."""

    ORIGIN = "origin", "The claimant's own page"
    CARRIES = "carries", "Quotes the claimant"
    REPEATS = "repeats", "Rewrites another page"


class ResponseKind(models.TextChoices):
    """What a state did."""

    TRAVEL_BAN = "travel_ban", "Travel ban"
    ARRESTS = "arrests", "Arrests"
    CONVICTION = "conviction", "Conviction"
    REPATRIATION_REQUEST = "repatriation_request", "Request for repatriation"
    DIPLOMATIC_PROTEST = "diplomatic_protest", "Diplomatic protest"
    AGREEMENT = "agreement", "Agreement"
    RECRUITMENT_BAN = "recruitment_ban", "Ban on recruitment"
    INVESTIGATION = "investigation", "Investigation"
    LEGISLATION = "legislation", "Legislation"
    WARNING = "warning", "Warning"
    OTHER = "other", "Other"


class IncentiveKind(models.TextChoices):
    """What was promised, paid or charged."""

    MONTHLY_PAY = "monthly_pay", "Monthly pay"
    SIGNING_BONUS = "signing_bonus", "Signing bonus"
    CITIZENSHIP = "citizenship", "Citizenship"
    DEBT_RELIEF = "debt_relief", "Debt relief"
    RELEASE_FROM_PRISON = "release_from_prison", "Release from prison"
    FEE_CHARGED_TO_RECRUIT = "fee_charged_to_recruit", "Fee charged to the recruit"
    OTHER = "other", "Other"


class Period(models.TextChoices):
    """How often a sum is paid."""

    MONTH = "month", "Per month"
    ONCE = "once", "Once"


class ConflictKind(models.TextChoices):
    """Why two figures cannot both hold."""

    CONTRADICTION = "contradiction", "Claimants contradict each other"
    REVISED_DOWN = "revised_down", "The claimant took a higher figure back"


class Policy(models.TextChoices):
    """Which figures an estimate may use."""

    ALL = "all", "All figures"
    NO_PARTY = "no_party", "Without the figures of Russia and Ukraine"
    NAMED_ONLY = "named_only", "Lists and counts in custody only"


class Label(models.TextChoices):
    """How well an estimate is supported."""

    A = "A", "Two independent origins agree"
    B = "B", "One well-placed origin"
    C = "C", "A floor only"
    D = "D", "A party's word"
    E = "E", "No usable figure"


class Resource(models.TextChoices):
    """The kinds of rows, as the API names them."""

    COUNTRIES = "countries", "Countries"
    PUBLISHERS = "publishers", "Publishers"
    SOURCES = "sources", "Sources"
    CLAIMANTS = "claimants", "Claimants"
    FIGURES = "figures", "Figures"
    RESPONSES = "responses", "Responses"
    INCENTIVES = "incentives", "Incentives"
    METHODS = "methods", "Methods"
    PRESENCE = "presence", "Presence"
    CITATIONS = "citations", "Citations"
    ESTIMATES = "estimates", "Estimates"


class ChangeKind(models.TextChoices):
    """What became of a row."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    REMOVED = "removed", "No longer public"


class JobKind(models.TextChoices):
    """What a worker is asked to do."""

    READ_ARTICLE = "read_article", "Read an article"
    IMPORT_ROWS = "import_rows", "Import rows"
    EXPORT_ROWS = "export_rows", "Export rows"
    WATCH_SOURCES = "watch_sources", "Look at sources again"
    REBUILD_ESTIMATES = "rebuild_estimates", "Compute all estimates anew"
    MAKE_RELEASE = "make_release", "Make a release"
    DRAW_CHARTS = "draw_charts", "Draw charts before they are asked for"


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "Waiting for a worker"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class CandidateState(models.TextChoices):
    """What an editor made of a candidate."""

    OPEN = "open", "Not yet decided"
    ACCEPTED = "accepted", "Accepted as a new figure"
    MERGED = "merged", "Merged into a figure that was there"
    REJECTED = "rejected", "Rejected"


class RejectReason(models.TextChoices):
    """Why a candidate becomes no figure."""

    NO_FIGURE = "no_figure", "It counts nobody, or something else"
    MISREAD = "misread", "It was read wrongly, and the right reading is beside it"
    OFF_TOPIC = "off_topic", "It is not about foreign nationals in this war"
    NAMES_SOMEBODY = "names", "It is about one person, who would be recognised"
    KNOWN = "known", "The record has it, from this page too"
    OTHER = "other", "Another reason"


class CorrectionKind(models.TextChoices):
    """How we took back what we had published."""

    CORRECTION = "correction", "Corrected"
    RETRACTION = "retraction", "Retracted"
