"""Settings of the Scrapy project, for ``scrapy list`` and ``scrapy crawl`` from the checkout and for ``wdtk crawl``.

What depends on the site (delay, concurrency, User-Agent, waits) is set by ``scraper.middlewares.manners``
from ``wdtk.toml``; it also refuses settings that would be less than courteous.
"""

from scrapy.settings import default_settings

BOT_NAME = "wdtk-archive"
SPIDER_MODULES = ["scraper.spiders"]
NEWSPIDER_MODULE = "scraper.spiders"
ADDONS = {"scraper.middlewares.manners.Manners": 100}

# Ours. `-s WDTK_SITE=http://127.0.0.1:8099` and the like override them.
WDTK_CONFIG = None
"""Path of wdtk.toml; None looks in the working folder."""
WDTK_SITE = None
"""Address of the site; None takes it from wdtk.toml."""
WDTK_ARCHIVE = "data/archive"
WDTK_PROGRESS = False
"""Whether to say on standard error how the crawl is getting on."""
WDTK_ROBOTS_AGE = 86_400
"""Seconds after which robots.txt is read again."""
WDTK_UNTIL = None
"""A moment of ``time.monotonic`` at which the run ends as at the end of its hours; None for none."""
WDTK_SLOWEST = 10_000
"""Bytes a second: a body may take a second for each so many that came of it ..."""
WDTK_SLOW_SECONDS = 30
"""... and so many seconds beside."""

# Manners that no site changes.
ROBOTSTXT_OBEY = True
ROBOTSTXT_PARSER = "scrapy.robotstxt.ProtegoRobotParser"  # the one that knows the wildcards this site writes
COOKIES_ENABLED = False  # also keeps Scrapy from fetching a list of domain suffixes
REFERER_ENABLED = False
DEFAULT_REQUEST_HEADERS = {"Accept": "*/*"}
DOWNLOAD_DELAY_JITTER = 0.0  # a delay is a least, so nothing may shorten it
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_TIMEOUT = 120  # in which nothing comes
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "scraper.middlewares.patience.PatientHandler")
DOWNLOAD_WARNSIZE = 0
URLLENGTH_LIMIT = 8_192  # wait pages of attachments have long signed addresses

# Nothing listens: both would run Python for whoever connects. They are not even there, since Scrapy imports what is
# switched off too, and with them a whole web server at each start.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
_LISTENING = ("scrapy.extensions.remote_control.RemoteControl", "scrapy.extensions.telnet.TelnetConsole")
EXTENSIONS_BASE = {path: place for path, place in default_settings.EXTENSIONS_BASE.items() if path not in _LISTENING}

# Redirects, errors and retries mean something here; the spiders and our own middlewares look at them.
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
RETRY_ENABLED = False
HTTPERROR_ALLOW_ALL = True
WARN_ON_GENERATOR_RETURN_VALUE = False  # reads the source of every callback

CONCURRENT_ITEMS = 1  # the archive stores one at a time; for each page Scrapy starts as many tasks as this says
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # requests in the order in which the site lists them

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "scraper.middlewares.origin.OriginMiddleware": 50,
    "scraper.middlewares.robots.RobotsMiddleware": 100,
    "scraper.middlewares.conditional.ConditionalMiddleware": 520,
    "scraper.middlewares.retry.RetryMiddleware": 550,
    "scraper.middlewares.challenge.ChallengeMiddleware": 570,
    "scraper.middlewares.whole.WholeMiddleware": 590,
    "scraper.middlewares.pace.PaceMiddleware": 910,
    "scraper.middlewares.budget.HoursMiddleware": 920,
    "scraper.middlewares.budget.BudgetMiddleware": 930,  # last, so that only what leaves is counted
}
SPIDER_MIDDLEWARES = {  # each is passed by everything that a spider gives, and none has anything to do here
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {"scraper.middlewares.progress.Progress": 500, "scraper.middlewares.span.Span": 510}
ITEM_PIPELINES = {"scraper.pipelines.archive.ArchivePipeline": 300}

LOG_LEVEL = "WARNING"
LOGSTATS_INTERVAL = 0
DEFAULT_DROPITEM_LOG_LEVEL = "INFO"  # items are dropped when the archive has failed, which is said once
FEED_EXPORT_ENCODING = "utf-8"
