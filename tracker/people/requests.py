"""The request as an endpoint of the API gets it: behind `SignedIn`, so that there is somebody who asks."""

from django.http import HttpRequest

from tracker.people.models import User


class SignedInRequest(HttpRequest):
    """Only for types: Django makes plain requests, and the API's authentication sees to it that `user` is a person."""

    user: User
