"""A page that is gone is known as such, though the server says that all is well."""

import pytest

from recruitment.vanishing import became_front_page, says_not_found

ARTICLE = "https://news.example/2024/nepalis-killed"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example",
        "https://www.news.example/",
        "https://news.example/en/",
        "https://news.example/pt-br",
        "https://news.example/index.html",
        "https://news.example/uk/index.php",
    ],
)
def test_article_whose_address_leads_to_a_front_page_is_gone(url):
    assert became_front_page(ARTICLE, url)
    assert not became_front_page(url, url)


@pytest.mark.parametrize(
    "url",
    [
        ARTICLE,
        "https://news.example/2024/nepalis-killed-in-russia",
        "https://news.example/?p=17",
        "https://news.example/news/",
        "https://news.example/2024",
    ],
)
def test_article_whose_address_leads_to_another_is_not(url):
    assert not became_front_page(ARTICLE, url)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Page not found – The Example", ""),
        ("404 Not Found", ""),
        ("The Example", "Oops! The page you are looking for could not be found."),
        ("The Example", "Sorry, this article is no longer available."),
        ("The Example", "This page doesn’t exist any more."),
        ("Seite nicht gefunden", ""),
        ("Página no encontrada", ""),
        ("Page introuvable", ""),
        ("Сторінку не знайдено", ""),
        ("", "Ошибка. Страница не найдена."),
    ],
)
def test_page_that_says_it_is_not_there_is_gone(title, text):
    assert says_not_found(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 Kenyans killed, ministry says", ""),
        ("Bodies of 19 soldiers were not found", ""),
        ("The Example", f"{100 * 'The war. '}A page that could not be found."),
    ],
)
def test_page_that_tells_of_something_else_is_not(title, text):
    assert not says_not_found(title, text)
